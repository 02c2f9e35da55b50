package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configured folders are measured with; tiny models with random weights stand for large ones. */
class LargeModelMetricsTest {
  @AutoClose private static final Torch torch = Torch.start();

  @TempDir Path folder;

  @Test
  void clipAndDinoFoldersGiveNumbersWithTheirModelAndAnInterval() throws IOException {
    try (var models =
        TinyFeatureModels.open(
            torch, TinyFeatureModels.clip(folder, "clip"), TinyFeatureModels.dino(folder), null)) {
      var metrics = new LargeModelMetrics(models, set(8, 3));

      var text = measured(metrics, "ClipText");
      assertThat(text.value()).isBetween(-1.0, 1.0);
      assertThat(text.model()).matches("clip [0-9a-f]{12}, bicubic shorter edge 16, crop 16 x 16");
      assertThat(text.interval().orElseThrow().low()).isLessThan(text.value());
      assertThat(measured(metrics, "ClipImage").model()).isEqualTo(text.model());
      assertThat(measured(metrics, "ClipDiscrepancy").value()).isGreaterThanOrEqualTo(0);
      assertThat(measured(metrics, "DinoImage").model()).startsWith("dino ");
      assertThat(metrics.read("FrechetInception").orElseThrow().explanation())
          .contains("set spec.perception.inception.source");
    }
  }

  @Test
  void aSetResemblesItselfMost() throws IOException {
    var pictures = set(4, 0).pictures();
    try (var models =
        TinyFeatureModels.open(
            torch, TinyFeatureModels.clip(folder, "clip"), TinyFeatureModels.dino(folder), null)) {
      var same =
          new LargeModelMetrics(
              models, new PictureSet(set(4, 0).drawn().subList(0, 1), pictures.subList(0, 1)));

      assertThat(measured(same, "ClipImage").value()).isCloseTo(1, within(1e-6));
      assertThat(measured(same, "DinoImage").value()).isCloseTo(1, within(1e-6));
      assertThat(measured(same, "ClipDiscrepancy").value()).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void numbersOfDifferentModelsRefuseToBeCompared() throws IOException {
    var other = TinyFeatureModels.clip(folder, "other");
    Files.writeString(other.resolve("README.md"), "another fine-tune");
    try (var one =
            TinyFeatureModels.open(torch, TinyFeatureModels.clip(folder, "clip"), null, null);
        var two = TinyFeatureModels.open(torch, other, null, null)) {
      var first = measured(new LargeModelMetrics(one, set(3, 2)), "ClipImage");
      var second = measured(new LargeModelMetrics(two, set(3, 2)), "ClipImage");

      assertThat(first.minus(first)).isEqualTo(new Reading.Difference.Of(0));
      assertThat(first.minus(second))
          .isInstanceOfSatisfying(
              Reading.Difference.Refused.class,
              refused -> assertThat(refused.reason()).contains("measure both with one model"));
    }
  }

  @Test
  void theInceptionNetworkGivesEverySetMetricAndWarnsOfSmallSets() {
    var reader = TinyFeatureModels.inception(torch);
    try (var models =
        new FeatureModels(
            torch, Optional.empty(), Optional.empty(), Optional.of(reader), Optional.empty())) {
      var metrics = new LargeModelMetrics(models, set(10, 6));

      var frechet = measured(metrics, "FrechetInception");
      assertThat(frechet.value()).isGreaterThan(0);
      assertThat(frechet.explanation()).contains("only 6 pictures in the smaller set");
      assertThat(frechet.model()).isEqualTo("inception random, TensorFlow bilinear 299 x 299");
      var clean = measured(metrics, "FrechetInceptionClean");
      assertThat(clean.model()).isEqualTo("inception random, clean-fid, Pillow bicubic 299 x 299");
      assertThat(clean.value()).isGreaterThan(0).isNotEqualTo(frechet.value());
      assertThat(
              new Reading.Measured(
                      "FrechetInception", clean.value(), "", clean.model(), Optional.empty())
                  .minus(frechet))
          .isInstanceOf(Reading.Difference.Refused.class);
      assertThat(measured(metrics, "InceptionScore").value()).isGreaterThanOrEqualTo(1 - 1e-9);
      for (String share : List.of("Precision", "Recall", "Coverage")) {
        assertThat(measured(metrics, share).value()).isBetween(0.0, 1.0);
      }
      assertThat(Double.isFinite(measured(metrics, "KernelInception").value())).isTrue();
      assertThat(metrics.read("ClipText").orElseThrow()).isInstanceOf(Reading.NotMeasured.class);
      assertThat(metrics.read("IdentitySimilarity")).isEmpty();
    }
  }

  @Test
  void aStageWithoutTheModelsSaysWhichFieldToSetOrThatItDoesNotReadIt() {
    var configured = TinyFeatureModels.input(folder, null, null);

    assertThat(LargeModelMetrics.of("ClipText", configured).orElseThrow().explanation())
        .isEqualTo("this stage does not open spec.perception.clip");
    assertThat(LargeModelMetrics.of("Recall", configured).orElseThrow().explanation())
        .contains("set spec.perception.inception.source of the DiffusionRuntime");
    assertThat(LargeModelMetrics.of("FrechetVideo", configured).orElseThrow().explanation())
        .contains("a metric of clips");
    assertThat(LargeModelMetrics.of("Diversity", configured)).isEmpty();
  }

  @Test
  void namedMetricsAskTheModelsFirstAndThePicturesOtherwise() throws IOException {
    var pictures = new PictureMetrics(List.of(), new PersonPhotos(List.of(), 0.6), "protocol");
    try (var models =
        TinyFeatureModels.open(torch, TinyFeatureModels.clip(folder, "clip"), null, null)) {
      var large = new LargeModelMetrics(models, set(2, 1));

      assertThat(NamedMetrics.read("ClipImage", pictures, large::read))
          .isInstanceOf(Reading.Measured.class);
      assertThat(NamedMetrics.read("Memorisation", pictures, large::read).explanation())
          .contains("no photos of the person");
    }
  }

  @Test
  void aFolderWithoutAModelEndsTheStageWithTheField() throws IOException {
    var empty = Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(() -> TinyFeatureModels.open(torch, null, empty, null))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("spec.perception.dino of the DiffusionRuntime")
        .hasMessageContaining("preprocessor_config.json does not exist");
  }

  private static Reading.Measured measured(LargeModelMetrics metrics, String name) {
    return (Reading.Measured) metrics.read(name).orElseThrow();
  }

  private static PictureSet set(int pictures, int references) {
    var random = new Random(11);
    return new PictureSet(
        IntStream.range(0, pictures)
            .mapToObj(i -> new PictureSet.Drawn("a photo of a cat " + i, picture(random)))
            .toList(),
        IntStream.range(0, references).mapToObj(i -> picture(random)).toList());
  }

  private static RgbImage picture(Random random) {
    var values = new float[20 * 24 * 3];
    float brightness = random.nextInt(200);
    for (int i = 0; i < values.length; i++) {
      values[i] = brightness + random.nextInt(55);
    }
    return new RgbImage(20, 24, values);
  }
}
