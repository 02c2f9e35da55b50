package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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
        .isDirectoryContaining("glob:**/autoencoder-000030.png")
        .isDirectoryContaining("glob:**/denoiser-000060.png");
  }

  @Test
  void bothLossesFall() {
    for (var phase : List.of("autoencoder", "denoiser")) {
      var points = undisturbed.curve(phase);

      assertThat(points).extracting(LossCurve.Point::step).containsExactly(10, 20, 30, 40, 50, 60);
      assertThat(points.get(5).loss()).isLessThan(0.8 * points.get(0).loss());
    }
  }

  @Test
  void howItWasMadeIsWrittenBesideTheWeights() throws IOException {
    var record = undisturbed.record();

    assertThat(record.at("/recipe/seed").asLong()).isEqualTo(3);
    assertThat(record.at("/engine").asText()).startsWith("libtorch");
    assertThat(record.at("/phases/autoencoder/heldOutDecibels").asDouble()).isGreaterThan(5);
    assertThat(record.at("/phases/denoiser/steps").asInt()).isEqualTo(60);
    assertThat(record.at("/phases/denoiser/loss").asDouble())
        .isEqualTo(undisturbed.curve("denoiser").get(5).loss());
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
            .heardBy(line -> stopAt(line, "denoiser 10/60", stop));

    assertThatThrownBy(() -> run.model(stop, TinyRun.recipe()))
        .isInstanceOf(StageFailure.Checkpointed.class);
    run.heardBy(line -> {}).model();

    assertThat(run.said()).contains("denoiser: 60 steps, 10 done");
    assertSame(run);
  }

  @Test
  void aPowerCutInEachPhaseCostsNothingButTime() throws IOException {
    var run = new TinyRun(folders.resolve("cut"));
    for (var moment :
        List.of("drawing", "autoencoder: 60 steps", "autoencoder: 17", "encoding", "denoiser:")) {
      run.heardBy(line -> cutAt(line, moment));
      if (moment.equals("autoencoder: 17")) {
        run.heardBy(line -> cutAt(line, "after 30 steps"));
      }
      assertThatThrownBy(run::model).isInstanceOf(PowerCut.class);
    }
    run.heardBy(line -> cutAt(line, "denoiser 10/60"));
    assertThatThrownBy(run::model).isInstanceOf(PowerCut.class);
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
  void theReaderLearnsFromWhatTheRendererDrew() throws IOException {
    var run = new TinyRun(folders.resolve("read")).model(new StopRequest(), withoutTraining());
    try (Torch torch = Torch.start(1)) {
      var place = new RunFolder(run.folder);
      var log = new RunLog(run.run(new StopRequest()).out(), run.run(new StopRequest()).clock());
      var recipe = withoutTraining();
      var pictures =
          PictureFile.of(DrawnWorld.of(recipe), place.pictures(), log, new StopRequest());
      var context = new PretrainContext(torch, recipe, place, log, new StopRequest());
      new ReaderPhase(context, pictures, ReaderPhase.STEPS.withSteps(60)).run();

      assertThat(run.said()).contains("reader, on held-out drawings: garment");
      var points = run.curve("reader");
      assertThat(points.get(points.size() - 1).loss()).isLessThan(0.5 * points.get(0).loss());
      int training = recipe.world().training();
      var numbers = IntStream.range(0, training).toArray();
      var wanted =
          IntStream.of(numbers)
              .mapToObj(i -> SceneReader.Reading.of(DrawnWorld.of(recipe).scene(i)))
              .toList();
      try (var reader = ReaderPhase.load(torch, run.folder, recipe.world().edge())) {
        var counts = ReadingCounts.of(wanted, reader.read(pictures.pictures(torch, numbers)));
        assertThat(counts.garments()).isGreaterThan(training / 2);
      }
    }
  }

  @Test
  void aFolderWithoutARunIsSaidToBeOne() {
    var run = new TinyRun(folders.resolve("nowhere"));

    assertThatThrownBy(() -> Pretraining.reader(run.run(new StopRequest())))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("holds no run");
    assertThat(Files.exists(run.folder)).isFalse();
  }

  private static Recipe withoutTraining() {
    return TinyRun.recipe().withDenoiserSteps(10);
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
    for (var phase : List.of("autoencoder", "denoiser")) {
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
