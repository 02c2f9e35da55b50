package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.TinyClipNetwork;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of whole clips are compared by a network of the user's own. */
class FrechetVideoTest {
  private static final RealClips NONE = RealClips.none("nobody has real clips");

  @AutoClose private static final Torch torch = Torch.start();

  @TempDir private Path folder;

  @Test
  void aNetworkThatReadsWholeClipsSeesColoursAndFramesInTheirOrder() throws IOException {
    List<RgbImage> clip = TinyClips.frames(5, t -> TinyClips.plain(255, 0, 51 * t));
    try (var colours =
            TinyFeatureModels.open(torch, null, null, TinyFeatureModels.video(folder, 0));
        var order = TinyFeatureModels.open(torch, null, null, TinyFeatureModels.video(folder, 3))) {
      var row = colours.video().orElseThrow().clip(clip).orElseThrow();
      assertThat(row.values()).containsExactly(new float[] {1, -1, -0.2f}, within(1e-5f));
      assertThat(row.model())
          .matches("video [0-9a-f]{12}, triangle shorter edge 24, crop 24 x 24, every frame");

      var middle = order.video().orElseThrow().clip(clip).orElseThrow();
      // (1 - 1 + b) / 3 of blue 51, 102 and 153.
      assertThat(middle.values())
          .containsExactly(new float[] {-0.2f, -0.2f / 3, 0.2f / 3}, within(1e-5f));
      assertThat(middle.model()).endsWith("the middle 3 frames");
      assertThat(order.video().orElseThrow().clip(clip.subList(0, 2))).isEmpty();
    }
  }

  @Test
  void theVideoDistanceIsThatOfTheReferenceCase() throws IOException {
    var inputs = fixture("inputs");
    var drawn = rows(inputs.get("fvd.a"));
    var real = new RealClips(rows(inputs.get("fvd.b")), "the reference");
    try (var models =
        TinyFeatureModels.open(torch, null, null, TinyFeatureModels.video(folder, 0))) {
      var read = measured(new ClipSetMetrics(drawn, real, Optional.of(models)), "FrechetVideo");

      assertThat(read.value()).isCloseTo(fixture("outputs").get("fvd").item(), within(1e-4));
      assertThat(read.explanation())
          .contains("40 clips, 36 real clips (the reference)")
          .contains("of 32 features of whole clips")
          .contains("only 36 clips in the smaller set");
      assertThat(read.model()).isEqualTo("reference");
    }
  }

  @Test
  void whatTheVideoDistanceLacksIsSaid() throws IOException {
    try (var models =
        TinyFeatureModels.open(torch, null, null, TinyFeatureModels.video(folder, 3))) {
      var three = TinyClips.read(folder, models, TinyClips.frames(3, t -> TinyClips.noise(t)), "");
      var two = TinyClips.read(folder, models, TinyClips.frames(2, t -> TinyClips.noise(t)), "");

      assertThat(video(models, List.of(three, three), NONE)).isEqualTo("nobody has real clips");
      assertThat(video(models, List.of(three, three), new RealClips(List.of(two, two), "")))
          .isEqualTo("drawn clips have 3 frames, real ones 2; set evaluation.video.frames to 2");
      assertThat(video(models, List.of(two, two), new RealClips(List.of(two, two), "")))
          .contains("clips of 2 frames are shorter than the network of spec.perception.video");
      assertThat(video(models, List.of(three), new RealClips(List.of(three), "")))
          .contains("two clips of each set are needed; there are 1 and 1");
      assertThat(new ClipSetMetrics(List.of(three), NONE, Optional.empty()).read("FrechetVideo"))
          .extracting(Reading::explanation)
          .asString()
          .contains("set spec.perception.video.source of the DiffusionRuntime");
    }
  }

  @Test
  void aNetworkOfPicturesIsRefusedWithTheInputThatIsWanted() throws IOException {
    var video = TinyFeatureModels.video(folder, 0);
    TinyClipNetwork.write(video.resolve("model.onnx"), List.of(0, 3, 0, 0), List.of(2, 3));

    assertThatThrownBy(() -> TinyFeatureModels.open(torch, null, null, video))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("spec.perception.video of the DiffusionRuntime")
        .hasMessageContaining("not clips of [1, 3, frames, height, width]");
    Files.delete(video.resolve("model.onnx"));
    assertThatThrownBy(() -> TinyFeatureModels.open(torch, null, null, video))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("model.onnx");
  }

  private static String video(FeatureModels models, List<ClipReading> clips, RealClips real) {
    return new ClipSetMetrics(clips, real, Optional.of(models)).read("FrechetVideo").explanation();
  }

  /** Clips of one row of features each, as a large network would have read them. */
  private static List<ClipReading> rows(Tensor features) {
    int width = (int) features.size(1);
    var all = Features.of("reference", features.toFloats(), width);
    var clips = new ArrayList<ClipReading>();
    for (int row = 0; row < all.count(); row++) {
      clips.add(
          new ClipReading(
              16,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(all.rows(row))));
    }
    return clips;
  }

  private static Map<String, Tensor> fixture(String file) {
    return SafeTensorsFile.readAll(
        torch, Fixtures.folder("metrics/fid").resolve(file + ".safetensors"));
  }

  private static Reading.Measured measured(ClipSetMetrics metrics, String name) {
    return (Reading.Measured) metrics.read(name);
  }
}
