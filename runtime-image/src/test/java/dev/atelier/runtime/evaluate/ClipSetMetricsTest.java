package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips are read from their files and measured frame by frame. */
class ClipSetMetricsTest {
  private static final RealClips NONE = RealClips.none("nobody has real clips");

  @AutoClose private static final Torch torch = Torch.start();

  @TempDir private Path folder;

  @Test
  void clipTextIsTheMeanOverFramesAndThenOverClips() throws IOException {
    try (var models =
        TinyFeatureModels.open(torch, TinyFeatureModels.clip(folder, "clip"), null, null)) {
      var reader = models.clip().orElseThrow();
      List<RgbImage> four = TinyClips.frames(4, t -> TinyClips.noise(t));
      List<RgbImage> two = TinyClips.frames(2, t -> TinyClips.noise(10 + t));
      var metrics =
          metrics(
              models,
              List.of(
                  TinyClips.read(folder, models, four, "a cat"),
                  TinyClips.read(folder, models, two, "dogs")));

      double first = meanCosine(reader, four, "a cat");
      double second = meanCosine(reader, two, "dogs");
      var text = measured(metrics, "ClipText");
      assertThat(first).isNotCloseTo(second, within(1e-4));
      assertThat(text.value()).isCloseTo((first + second) / 2, within(1e-6));
      assertThat(text.model()).startsWith("clip ");
      assertThat(text.explanation()).contains("CLIPSIM");
    }
  }

  @Test
  void consistencyIsOfNeighboursAndByDinoWhereThereIsOne() throws IOException {
    var clip = TinyFeatureModels.clip(folder, "clip");
    var dino = TinyFeatureModels.dino(folder);
    List<RgbImage> still = TinyClips.frames(5, t -> TinyClips.noise(1));
    List<RgbImage> turning = TinyClips.frames(5, t -> TinyClips.noise(t % 2));
    try (var both = TinyFeatureModels.open(torch, clip, dino, null);
        var alone = TinyFeatureModels.open(torch, clip, null, null)) {
      var calm =
          measured(
              metrics(both, List.of(TinyClips.read(folder, both, still, ""))),
              "TemporalConsistency");
      var wild =
          measured(
              metrics(both, List.of(TinyClips.read(folder, both, turning, ""))),
              "TemporalConsistency");

      assertThat(calm.value()).isCloseTo(1, within(1e-5));
      assertThat(calm.model()).startsWith("dino ");
      var features =
          both.dino().orElseThrow().pictures(List.of(TinyClips.noise(0), TinyClips.noise(1)));
      assertThat(wild.value()).isCloseTo(features.cosine(0, features, 1), within(1e-6));
      assertThat(wild.value()).isLessThan(calm.value());
      assertThat(
              measured(
                      metrics(alone, List.of(TinyClips.read(folder, alone, still, ""))),
                      "TemporalConsistency")
                  .model())
          .startsWith("clip ");
    }
  }

  @Test
  void framesAreComparedWithRealOnesAndEverySplitOfTheirScoreHasEveryClip() {
    try (var models =
        new FeatureModels(
            torch,
            Optional.empty(),
            Optional.empty(),
            Optional.of(TinyFeatureModels.inception(torch)),
            Optional.empty())) {
      var drawn =
          List.of(
              TinyClips.read(folder, models, TinyClips.frames(6, t -> TinyClips.noise(t)), ""),
              TinyClips.read(folder, models, TinyClips.frames(6, t -> TinyClips.noise(6 + t)), ""));
      var real =
          new RealClips(
              List.of(
                  TinyClips.read(
                      folder, models, TinyClips.frames(4, t -> TinyClips.noise(20 + t)), "")),
              "a shelf");
      var metrics = new ClipSetMetrics(drawn, real, Optional.of(models));

      assertThat(measured(metrics, "InceptionScore").explanation())
          .contains("each hold frames of every clip, 12 frames of 2 clips");
      var frechet = measured(metrics, "FrechetInception");
      assertThat(frechet.value()).isGreaterThan(0);
      assertThat(frechet.explanation())
          .contains("12 frames of 2 clips, 4 frames of 1 real clips (a shelf)")
          .contains("only 4 frames in the smaller set");
      assertThat(measured(metrics, "KernelInception").model()).startsWith("inception random");
      var itself = new ClipSetMetrics(drawn, new RealClips(drawn, "itself"), Optional.of(models));
      assertThat(measured(itself, "FrechetInception").value())
          .isCloseTo(0, within(1e-3 * frechet.value()));
    }
  }

  @Test
  void flickerMotionAndRepeatedFramesAreReadFromTheFile() {
    var still = judged(TinyClips.frames(9, t -> TinyClips.square(8, 0)));
    var flickering = judged(TinyClips.frames(9, t -> TinyClips.square(8, t % 2 == 0 ? 6 : -6)));
    var moving = judged(TinyClips.frames(9, t -> TinyClips.square(4 + 2 * t, 0)));

    assertThat(value(still, "RepeatedFrames")).isEqualTo(1);
    assertThat(value(still, "Flicker")).isZero();
    assertThat(value(still, "Motion")).isZero();
    assertThat(value(flickering, "Flicker")).isCloseTo(12, within(0.1));
    assertThat(value(flickering, "RepeatedFrames")).isZero();
    assertThat(value(moving, "Motion")).isGreaterThan(value(still, "Motion") + 0.5);
    assertThat(value(moving, "RepeatedFrames")).isZero();
  }

  private ClipReading judged(List<RgbImage> frames) {
    return TinyClips.read(folder, Optional.empty(), frames, "");
  }

  private static double value(ClipReading clip, String name) {
    return measured(new ClipSetMetrics(List.of(clip), NONE, Optional.empty()), name).value();
  }

  private static ClipSetMetrics metrics(FeatureModels models, List<ClipReading> clips) {
    return new ClipSetMetrics(clips, NONE, Optional.of(models));
  }

  private static Reading.Measured measured(ClipSetMetrics metrics, String name) {
    return (Reading.Measured) metrics.read(name);
  }

  private static double meanCosine(ClipReader reader, List<RgbImage> frames, String text) {
    var words = reader.texts(List.of(text));
    var pictures = reader.pictures(frames);
    return IntStream.range(0, frames.size())
        .mapToDouble(frame -> pictures.cosine(frame, words, 0))
        .average()
        .orElseThrow();
  }
}
