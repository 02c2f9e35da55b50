package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.pretrain.Recipe.Steps;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.LearningRate.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A video model of some thousand weights, trained once undisturbed and once with interruptions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VideoPretrainingTest {

  @TempDir static Path folders;
  private TinyRun undisturbed;

  @BeforeAll
  void runOnce() throws IOException {
    undisturbed = new TinyRun(folders.resolve("undisturbed"));
    Pretraining.video(undisturbed.run(new StopRequest()), recipe());
  }

  private static VideoRecipe recipe() {
    return new VideoRecipe(
        5,
        new VideoRecipe.World(24, 16, 5, 16),
        new VideoRecipe.Autoencoder(
            12, 32, 1, 4, 2, 0.1, new Steps(10, 4, 1e-3, Schedule.Cosine, 2, 0, 0.9, 5)),
        new VideoRecipe.Text(16, 32, 1, 2, 8, 24),
        new VideoRecipe.Denoiser(
            2,
            2,
            12,
            32,
            1,
            3,
            0.1,
            4,
            3,
            8,
            new Steps(40, 4, 3e-3, Schedule.WarmupStableDecay, 5, 0.01, 0.9, 20)));
  }

  @Test
  void theModelIsAPipelineThatMakesFilms() {
    var model = undisturbed.folder.resolve("model");
    assertThat(WanFiles.isModel(model)).isTrue();
    assertThat(WanFiles.of(model).words()).isEqualTo(24);
    try (Torch torch = Torch.start(1);
        var painter = new VideoPainter(torch, model, 5, 16)) {
      var films = painter.draw(List.of("a red ball moving left on a black ground"), List.of(1L));

      assertThat(films).singleElement().satisfies(frames -> assertThat(frames).hasSize(5));
      assertThat(films.get(0).get(0).width()).isEqualTo(16);
    }
  }

  @Test
  void theLossFallsAndTheAutoencoderNeedsNoTraining() throws IOException {
    var points = undisturbed.curve("denoiser");

    assertThat(points.get(3).loss()).isLessThan(0.9 * points.get(0).loss());
    assertThat(undisturbed.said()).containsPattern("autoencoder: 2\\d\\.\\d+ dB on other films");
    assertThat(undisturbed.record().at("/phases/decoder/otherFilmsDecibels").asDouble())
        .isGreaterThan(20);
    assertThat(undisturbed.record().at("/phases/denoiser").has("heldOutPromptsRight")).isTrue();
  }

  @Test
  void aRunThatIsStoppedGoesOnToTheSameWeights() throws IOException {
    var run = new TinyRun(folders.resolve("stopped"));
    for (var moment : List.of("encoding 24/24", "denoiser 10/40", "decoder: 10 steps")) {
      var stop = new StopRequest();
      run.heardBy(
          line -> {
            if (line.contains(moment)) {
              stop.stop("test");
            }
          });
      assertThatThrownBy(() -> Pretraining.video(run.run(stop), recipe()))
          .isInstanceOf(StageFailure.Checkpointed.class);
    }
    run.heardBy(line -> {});
    Pretraining.video(run.run(new StopRequest()), recipe());

    for (var part : List.of("transformer", "vae")) {
      var stem = "diffusion_pytorch_model";
      assertThat(run.weights(part, stem)).as(part).isEqualTo(undisturbed.weights(part, stem));
    }
    assertThat(run.weights("text_encoder", "model"))
        .isEqualTo(undisturbed.weights("text_encoder", "model"));
  }

  @Test
  void aFolderOfPortraitsIsNoRunOfFilms() throws IOException {
    var folder = folders.resolve("portraits");
    RunFolder.open(folder, TinyRun.recipe(), Recipe.class);

    assertThatThrownBy(
            () -> Pretraining.video(new TinyRun(folder).run(new StopRequest()), recipe()))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("another kind of model");
  }
}
