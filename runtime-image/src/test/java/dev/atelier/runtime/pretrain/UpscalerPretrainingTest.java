package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.upscale.RrdbConfig;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.pretrain.Recipe.Steps;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.LearningRate.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpscalerPretrainingTest {

  @TempDir Path folder;

  @Test
  void beforeTrainingTheNetworkIsTwoBilinearEnlargements() {
    try (Torch torch = Torch.start(1);
        Scope scope = Scope.open();
        var network =
            new RrdbNet(new RrdbConfig(4, 8, 1, 4), new FreshWeights(torch, 1, Set.of()))) {
      new BilinearStart(torch, 8).begin(network.modules().parameters());
      try (var generator = torch.generator(2)) {
        var pixels = generator.rand(1, 3, 6, 5);
        var large = network.forward(pixels);

        var twice = Ops.upsampleBilinear(Ops.upsampleBilinear(pixels, 12, 10), 24, 20);
        // The kernel sees zeros beyond the border, where bilinear interpolation repeats it.
        var difference = large.sub(twice).narrow(2, 3, 18).narrow(3, 3, 14);
        assertThat(difference.abs().max().item()).isLessThan(1e-6);
      }
    }
  }

  @Test
  void aStoppedRunGoesOnToTheSameWeightsAndTheLossFalls() throws IOException {
    var recipe =
        new UpscalerRecipe(3, 8, 1, 4, 8, new Steps(40, 4, 5e-3, Schedule.Cosine, 5, 0, 0.5, 20));
    var whole = new TinyRun(folder.resolve("whole"));
    Pretraining.upscaler(whole.run(new StopRequest()), recipe);

    var stop = new StopRequest();
    var cut =
        new TinyRun(folder.resolve("cut"))
            .heardBy(
                line -> {
                  if (line.contains("upscaler 10/40")) {
                    stop.stop("test");
                  }
                });
    assertThatThrownBy(() -> Pretraining.upscaler(cut.run(stop), recipe))
        .isInstanceOf(StageFailure.Checkpointed.class);
    Pretraining.upscaler(cut.heardBy(line -> {}).run(new StopRequest()), recipe);

    assertThat(Files.readAllBytes(cut.folder.resolve("model/model.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.folder.resolve("model/model.safetensors")));
    assertThat(whole.said()).contains("after 40 steps: portraits", "flicker");
    assertThat(whole.curve("upscaler").get(3).loss())
        .isLessThan(whole.curve("upscaler").get(0).loss());
  }
}
