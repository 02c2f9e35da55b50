package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the formulas promise beyond the reference values of the parity fixtures. */
class MetricFormulasTest {
  private static Torch torch;

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @Test
  void featuresOfDifferentModelsRefuseToBeCompared() {
    var clip = gaussian("clip 12ab", 8, 4, 0, 1);
    var dino = gaussian("dino 34cd", 8, 4, 0, 1);

    assertThatThrownBy(() -> FrechetDistance.of(torch, clip, dino))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'clip 12ab'")
        .hasMessageContaining("'dino 34cd'")
        .hasMessageContaining("read both sets with one model");
    assertThatThrownBy(() -> KernelDistance.of(clip, dino)).hasMessageContaining("one model");
    assertThatThrownBy(() -> ClipDiscrepancy.of(clip, dino)).hasMessageContaining("one model");
    assertThatThrownBy(() -> PrecisionRecall.of(clip, dino)).hasMessageContaining("one model");
    assertThatThrownBy(() -> CosineSimilarity.toAll(clip, dino)).hasMessageContaining("one model");
  }

  @Test
  void theFrechetDistanceOfShiftedGaussiansIsTheSquaredShift() {
    var rows = gaussian("m", 3000, 6, 1, 1);
    var shifted = shifted(rows, 2);

    assertThat(FrechetDistance.of(torch, rows, shifted)).isCloseTo(6 * 4.0, within(1e-4));
    assertThat(FrechetDistance.warning("pictures", rows, shifted)).isEmpty();
  }

  @Test
  void theFrechetDistanceIsTheSameWhicheverFormOfTheRootIsUsed() {
    var many = gaussian("m", 40, 12, 2, 1);
    var few = gaussian("m", 9, 12, 3, 1.5);

    // Zero columns change no distance, but make rows fewer than dimensions.
    double wide = FrechetDistance.of(torch, widened(many, 60), widened(few, 60));
    assertThat(FrechetDistance.of(torch, many, few)).isCloseTo(wide, within(1e-9));
    assertThat(FrechetDistance.of(torch, few, many)).isCloseTo(wide, within(1e-9));
  }

  @Test
  void smallSetsAreWarnedOf() {
    assertThat(
            FrechetDistance.warning(
                "pictures", gaussian("m", 20, 4, 1, 1), gaussian("m", 30, 4, 2, 1)))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("only 20 pictures")
                    .contains("sets of these very sizes (20 and 30)"));
  }

  @Test
  void theKernelDistanceIsUnbiasedAndItsSubsetsRepeatable() {
    var a = gaussian("m", 200, 8, 4, 1);
    var b = gaussian("m", 200, 8, 5, 1);
    var far = gaussian("m", 200, 8, 6, 2);

    assertThat(Math.abs(KernelDistance.of(a, b))).isLessThan(0.1);
    assertThat(KernelDistance.of(a, far)).isGreaterThan(1);
    var once = KernelDistance.overSubsets(a, far, 5, 50, 7);
    assertThat(KernelDistance.overSubsets(a, far, 5, 50, 7)).isEqualTo(once);
    assertThat(KernelDistance.overSubsets(a, far, 5, 50, 8)).isNotEqualTo(once);
    assertThat(once.mean()).isCloseTo(KernelDistance.of(a, far), within(3 * once.deviation()));
    assertThatThrownBy(() -> KernelDistance.overSubsets(a, far, 1, 201, 7))
        .hasMessageContaining("a subset of 201 cannot be drawn from 200 pictures");
  }

  @Test
  void aReportOfTheKernelDistanceSaysWhatItsDeviationIs() {
    var made = gaussian("m", 60, 8, 4, 1);
    var real = gaussian("m", 80, 8, 5, 2);
    var subsets = KernelDistance.overSubsets(made, real, 5, 50, 2020);

    var large = (Reading.Measured) new KernelReading(5, 50).read("KernelInception", made, real);
    assertThat(large.value()).isEqualTo(subsets.mean());
    assertThat(large.interval()).isEmpty();
    assertThat(large.explanation())
        .contains("mean of 5 subsets of 50")
        .contains("deviation between them is %.3g".formatted(subsets.deviation()))
        .contains("no error of the mean");
    var small = (Reading.Measured) KernelReading.STANDARD.read("KernelInception", made, real);
    assertThat(small.value()).isEqualTo(KernelDistance.of(made, real));
    assertThat(small.explanation())
        .contains("all 60 pictures and 80 photos at once, so without torch-fidelity's deviation");
  }

  @Test
  void aSetCoversItselfAndFindsNothingFarAway() {
    var real = gaussian("m", 60, 3, 7, 1);

    var itself = PrecisionRecall.of(real, real);
    assertThat(itself.precision()).isEqualTo(1);
    assertThat(itself.recall()).isEqualTo(1);
    assertThat(itself.coverage()).isEqualTo(1);
    assertThat(PrecisionRecall.of(real, shifted(real, 100)))
        .isEqualTo(new PrecisionRecall(0, 0, 0, 0));
  }

  @Test
  void theInceptionScoreOfCertainAndEvenClassesIsTheirNumber() {
    var logits = new ArrayList<float[]>();
    for (int i = 0; i < 40; i++) {
      var row = new float[4];
      row[i % 4] = 60;
      logits.add(row);
    }

    assertThat(InceptionScore.of(Features.of("m", logits), 10).mean()).isCloseTo(4, within(1e-9));
    assertThatThrownBy(() -> InceptionScore.of(Features.of("m", logits.subList(0, 9)), 10))
        .hasMessage("10 splits need as many pictures, not 9");
  }

  @Test
  void theBootstrapIntervalHoldsTheMeanNarrowsWithMoreValuesAndRepeats() {
    double[] few = IntStream.range(0, 10).mapToDouble(i -> i % 5).toArray();
    double[] many = IntStream.range(0, 1000).mapToDouble(i -> i % 5).toArray();

    var wide = Bootstrap.ofMean(few, 1).orElseThrow();
    var narrow = Bootstrap.ofMean(many, 1).orElseThrow();
    assertThat(wide.low()).isLessThan(2);
    assertThat(wide.high()).isGreaterThan(2);
    assertThat(narrow.high() - narrow.low()).isLessThan((wide.high() - wide.low()) / 5);
    // 1.96 standard errors of a uniform choice of 0..4 among 1000.
    assertThat(narrow.high() - 2).isCloseTo(1.96 * Math.sqrt(2.0 / 1000), within(0.01));
    assertThat(Bootstrap.ofMean(few, 1)).contains(wide);
    assertThat(Bootstrap.ofMean(new double[] {1}, 1)).isEmpty();
  }

  @Test
  void equalPicturesHaveNoNoise() {
    assertThat(PeakSignalToNoise.of(new float[] {0.5f}, new float[] {0.5f}))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(PeakSignalToNoise.of(new float[] {0, 0}, new float[] {0.1f, 0.1f}))
        .isCloseTo(20, within(1e-5));
  }

  private static Features gaussian(String model, int count, int width, long seed, double scale) {
    var random = new Random(seed);
    var values = new float[count * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return Features.of(model, values, width);
  }

  private static Features shifted(Features features, float by) {
    float[] values = features.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += by;
    }
    return Features.of(features.model(), values, features.width());
  }

  private static Features widened(Features features, int width) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < features.count(); i++) {
      var row = new float[features.width()];
      for (int j = 0; j < row.length; j++) {
        row[j] = features.at(i, j);
      }
      rows.add(Arrays.copyOf(row, width));
    }
    return Features.of(features.model(), rows);
  }
}
