package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.schedule.FlowMatchEulerScheduler;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.video.FrameFit;
import dev.atelier.stage.SamplerInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were distilled to a few steps draw at the timesteps that they were trained for. */
class DistilledClipsTest {

  /** FastWan 2.2's: three steps of distribution matching distillation. */
  private static final List<Integer> THREE = List.of(1000, 757, 522);

  @TempDir private Path root;

  @Test
  void theTimestepsReachTheSamplerAsTheyAreWithoutGuidance() {
    var bench = new Bench(root);
    var stores =
        new Stores(
            bench.context(new ClipBench(bench).sample(1), bench.store(), 0).settings(), root);

    var request = ClipRequest.of(sampler(THREE, true), ClipBench.CLIP, stores);
    var asked = request.clips(new FrameFit(64, 32, 1, 64, 48), List.of("rain"), List.of(""), 40);

    assertThat(request.sampler().steps()).isEqualTo(3);
    assertThat(asked.guidance().active()).isFalse();
    assertThat(asked.steps())
        .isEqualTo(new TextToVideo.Steps.Fixed(List.of(1000.0, 757.0, 522.0), true));
    var run = FlowMatchEulerScheduler.along(List.of(1000.0, 757.0, 522.0), true);
    assertThat(run.timesteps()).containsExactly(new float[] {1000, 757, 522}, within(1e-3f));
  }

  @Test
  void clipsAndTheirManifestTellTheTimestepsAndFreshNoiseIsAnotherClip() throws IOException {
    var fresh = drawn("fresh", true);
    var along = drawn("along", false);

    assertThat(fresh).isNotEqualTo(along);
  }

  private String drawn(String folder, boolean renoise) throws IOException {
    var clips = new ClipBench(root.resolve(folder));
    var ended =
        clips.bench.run(
            clips.sample(
                ClipBench.PROMPTS.subList(1, 2), sampler(THREE, renoise), ClipBench.CLIP, 1));
    assertThat(ended.words().message()).isEqualTo("2 of 2 clips drawn");
    var manifest = clips.bench.manifest("sample/shard-0");
    assertThat(manifest.provenance().get("sampler"))
        .startsWith("timesteps [1000, 757, 522] " + (renoise ? "with fresh noise" : "of the flow"))
        .contains("3 steps, guidance scale 1.0");
    return manifest.file("clips/rain-00.mp4").orElseThrow().sha256();
  }

  @Test
  void timestepsThatDoNotFallAreRefusedBeforeAnythingIsDrawn() {
    var clips = new ClipBench(root);

    for (var wrong : List.of(List.of(522, 757), List.of(1000, 1000), List.of(1500), List.of(0))) {
      var ended =
          clips.bench.run(
              clips.sample(
                  ClipBench.PROMPTS.subList(0, 1), sampler(wrong, true), ClipBench.CLIP, 1));
      assertThat(ended.exitCode()).isEqualTo(42);
      assertThat(ended.words().message())
          .contains("sampler.distilled.timesteps " + wrong)
          .contains("such as [1000, 757, 522]");
    }
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/sample/shard-0/clips")).doesNotExist();
  }

  private static SamplerInput sampler(List<Integer> timesteps, boolean renoise) {
    var usual = ClipBench.SAMPLER;
    return new SamplerInput(
        usual.scheduler(),
        usual.steps(),
        usual.guidanceScale(),
        0,
        0,
        usual.width(),
        usual.height(),
        usual.seed(),
        List.of("scheduler", "steps", "guidanceScale"),
        new SamplerInput.Distilled(timesteps, renoise));
  }
}
