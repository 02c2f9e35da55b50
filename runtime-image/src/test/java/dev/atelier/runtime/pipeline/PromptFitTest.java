package dev.atelier.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.pipeline.XlRequest.Sizes;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptFitTest {

  private static final Path SAMPLE = Path.of("../samples/headshot/models/tiny-portrait");
  private static final List<String> PROMPTS =
      List.of(
          "photo of a person wearing a navy suit in an office",
          "photo of a person wearing a red hoodie in the snow",
          "photo of a person wearing a yellow turtleneck at the beach");

  @Test
  void theModelTellsByItsErrorsWhichPromptItDrewAPictureFor() {
    var files = ModelFiles.of(SAMPLE);
    try (var torch = Torch.start(1);
        var scope = Scope.open();
        var unet = files.unet(torch, Storage.MAPPED);
        var text = files.text(torch, Storage.MAPPED);
        var autoencoder = files.autoencoder(torch);
        var noise = new PictureNoise(torch, List.of(1L, 2L, 3L))) {
      var encoder = new PromptEncoder(torch, files.tokenizer(), text);
      var request = new TextToImage(PROMPTS, List.of(), 64, 64, 12, Guidance.of(3), 0);
      var latents =
          new StableDiffusionPipeline(encoder, unet, autoencoder, files.scheduler("DDIM"))
              .latents(request, noise, StepListener.NONE);
      var config = files.schedulerConfig();
      var fit =
          new PromptFit(
              encoder,
              unet,
              NoiseTable.from(config),
              PredictionType.of(config.text("prediction_type", "epsilon")));

      double[][] errors = fit.errors(latents, PROMPTS, Sizes.of(64, 64), 5);

      for (int picture = 0; picture < errors.length; picture++) {
        for (int prompt = 0; prompt < PROMPTS.size(); prompt++) {
          if (prompt != picture) {
            assertThat(errors[picture][picture])
                .as("picture %d by prompt %d", picture, prompt)
                .isLessThan(errors[picture][prompt]);
          }
        }
      }
      assertThat(fit.errors(latents, PROMPTS, Sizes.of(64, 64), 5)).isDeepEqualTo(errors);
    }
  }
}
