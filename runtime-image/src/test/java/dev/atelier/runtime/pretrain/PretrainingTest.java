package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One run that nobody disturbs, and others that are held against it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PretrainingTest {

  private static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @TempDir static Path folders;
  private TinyRun undisturbed;

  @BeforeAll
  void runOnce() throws IOException {
    undisturbed = new TinyRun(folders.resolve("undisturbed")).model();
  }

  @Test
  void nothingBecomesAModelThatDraws() throws IOException {
    try (Torch torch = Torch.start(1);
        var painter = new PromptPainter(torch, undisturbed.folder.resolve("model"), 32)) {
      var drawn = painter.draw(List.of("photo of a person", "photo of a person"), List.of(1L, 2L));

      assertThat(drawn).hasSize(2);
      assertThat(drawn.get(0).width()).isEqualTo(32);
      assertThat(drawn.get(0)).isNotEqualTo(drawn.get(1));
    }
    assertThat(undisturbed.folder.resolve("previews"))
        .isDirectoryContaining("glob:**/autoencoder-000020.png")
        .isDirectoryContaining("glob:**/denoiser-000040.png")
        .isDirectoryContaining("glob:**/model-000060.png");
  }

  @Test
  void aRefinementGivesAttentionToTheFinerLevelToo() throws IOException {
    var config = undisturbed.folder.resolve("model/unet/config.json");

    assertThat(config).content().contains("CrossAttnDownBlock2D").doesNotContain("\"DownBlock2D");
    assertThat(StoredWeights.counts(config.getParent(), UNet2DConditionModel.STEM))
        .containsKey("down_blocks.0.attentions.0.proj_in.weight");
    assertThat(undisturbed.curve("detail")).hasSize(2);
  }

  @Test
  void bothLossesFall() {
    for (var phase : List.of("autoencoder", "denoiser")) {
      var points = undisturbed.curve(phase);

      assertThat(points).extracting(LossCurve.Point::step).containsExactly(10, 20, 30, 40);
      assertThat(points.get(3).loss()).isLessThan(0.8 * points.get(0).loss());
    }
  }

  @Test
  void theDecoderIsSharpenedWhileTheLatentsStay() throws IOException {
    var record = undisturbed.record();

    assertThat(record.at("/phases/decoder/heldOutDecibels").asDouble())
        .isGreaterThan(record.at("/phases/autoencoder/heldOutDecibels").asDouble());
    try (Torch torch = Torch.start(1);
        Scope scope = Scope.open()) {
      var place = new RunFolder(undisturbed.folder);
      var before = place.checkpoints(AutoencoderPhase.NAME).newest(torch).orElseThrow().state();
      var now = Autoencoder.load(torch, place.model().resolve("vae"), Storage.MAPPED);
      now.modules()
          .parameters()
          .forEach(
              (name, value) -> {
                var same = value.sub(tensor(before, "average/" + name)).abs().max().item() == 0;
                assertThat(same).as(name).isEqualTo(name.startsWith("encoder."));
              });
    }
  }

  private static Tensor tensor(Map<String, Tensor> state, String name) {
    return Optional.ofNullable(state.get(name)).orElseThrow();
  }

  @Test
  void howItWasMadeIsWrittenBesideTheWeights() throws IOException {
    var record = undisturbed.record();

    assertThat(record.at("/recipe/seed").asLong()).isEqualTo(3);
    assertThat(record.at("/engine").asText()).startsWith("libtorch");
    assertThat(record.at("/phases/autoencoder/heldOutDecibels").asDouble()).isGreaterThan(5);
    assertThat(record.at("/phases/denoiser/steps").asInt()).isEqualTo(40);
    assertThat(record.at("/phases/denoiser/loss").asDouble())
        .isEqualTo(undisturbed.curve("denoiser").get(3).loss());
    assertThat(record.at("/phases/denoiser").has("seconds")).isTrue();
    assertThat(undisturbed.folder.resolve("denoiser-loss.svg"))
        .content()
        .contains("loss of the denoiser", "polyline");
  }

  @Test
  void aRunThatIsStoppedInOrderGoesOnToTheSameWeights() throws IOException {
    var stop = new StopRequest();
    var run =
        new TinyRun(folders.resolve("stopped"))
            .heardBy(line -> stopAt(line, "denoiser 10/40", stop));

    assertThatThrownBy(() -> run.model(stop, TinyRun.recipe()))
        .isInstanceOf(StageFailure.Checkpointed.class);
    run.heardBy(line -> {}).model();

    assertThat(run.said()).contains("denoiser: 40 steps, 10 done");
    assertSame(run);
  }

  @Test
  void aPowerCutInEachPhaseCostsNothingButTime() throws IOException {
    var run = new TinyRun(folders.resolve("cut"));
    for (var moment :
        List.of(
            "drawing",
            "clip 10/60",
            "autoencoder 10/40",
            "after 20 steps",
            "encoding",
            "denoiser 10/40",
            "detail 10/20",
            "after 10 steps")) {
      run.heardBy(line -> cutAt(line, moment));
      assertThatThrownBy(run::model).isInstanceOf(PowerCut.class);
    }
    run.heardBy(line -> {}).model();

    assertSame(run);
  }

  @Test
  void aRunGoesOnWithMoreStepsButNotWithAnotherRecipe() throws IOException {
    var run = new TinyRun(folders.resolve("longer"));
    var stop = new StopRequest();
    run.heardBy(line -> stopAt(line, "denoiser 10/20", stop));
    assertThatThrownBy(() -> run.model(stop, TinyRun.recipe().withDenoiserSteps(20)))
        .isInstanceOf(StageFailure.Checkpointed.class);

    assertThatThrownBy(() -> run.model(new StopRequest(), TinyRun.recipe().withSeed(4)))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("another recipe");
    run.heardBy(line -> {}).model();

    assertSame(run);
  }

  @Test
  void aFolderWithoutAReaderIsSaidToBeOne() {
    var run = new TinyRun(folders.resolve("nowhere"));

    assertThatThrownBy(() -> Pretraining.judge(run.run(new StopRequest()), folders, 1))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContainingAll("holds no reader", "pretrain reader", "drawn-reader");
    assertThat(Files.exists(run.folder)).isFalse();
  }

  @Test
  void aReaderInANewFolderLearnsFromTheStandardRecipe() throws IOException {
    var run = new TinyRun(folders.resolve("new"));
    var stop = new StopRequest();
    stop.stop("SIGTERM");

    assertThatThrownBy(() -> Pretraining.reader(run.run(stop)))
        .isInstanceOf(StageFailure.Checkpointed.class);
    assertThat(RunFolder.recipe(run.folder, Recipe.class)).isEqualTo(Recipe.standard());
  }

  private void assertSame(TinyRun run) {
    for (var part :
        List.of(
            List.of("vae", Autoencoder.STEM),
            List.of("unet", UNet2DConditionModel.STEM),
            List.of("text_encoder", ClipTextModel.STEM))) {
      assertThat(run.weights(part.get(0), part.get(1)))
          .isEqualTo(undisturbed.weights(part.get(0), part.get(1)));
    }
    assertThat(run.folder.resolve("clip/model.safetensors"))
        .hasSameBinaryContentAs(undisturbed.folder.resolve("clip/model.safetensors"));
    for (var phase : List.of("clip", "autoencoder", "denoiser", "detail", "decoder")) {
      assertThat(run.curve(phase)).isEqualTo(undisturbed.curve(phase));
    }
  }

  private static void stopAt(String line, String moment, StopRequest stop) {
    if (line.contains(moment)) {
      stop.stop("test");
    }
  }

  private static void cutAt(String line, String moment) {
    if (line.contains(moment)) {
      throw new PowerCut();
    }
  }
}
