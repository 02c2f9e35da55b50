package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.stage.ClipInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GenerationJobs that no clip can come of. */
class BadVideoSampleTest {

  private static final List<Prompt> CAT = ClipBench.PROMPTS.subList(0, 1);

  @TempDir private Path root;
  private ClipBench clips;

  @BeforeEach
  void aTinyWanModel() {
    clips = new ClipBench(root);
  }

  @Test
  void aPromptThatIsRefusedDrawsNothingAtAll() {
    var prompts = List.of(ClipBench.PROMPTS.get(0), new Prompt("no", "a woman, nude", ""));

    var ended = clips.bench.run(clips.sample(prompts, ClipBench.SAMPLER, ClipBench.CLIP, 1));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().message()).contains("the prompt 'no' is refused");
    assertThat(clips.bench.store().list("")).isEmpty();
  }

  @Test
  void aPromptWithoutItsFirstFrameIsNamed() throws IOException {
    clips.bench.write("frames/note.txt", "not a picture");
    Files.write(root.resolve("frames/cat.png"), ClipBench.orange(64, 48));
    Files.write(root.resolve("frames/dog.png"), ClipBench.orange(64, 48));
    var clip = new ClipInput(5, 24, StoreLocation.directory("/frames"), 1, null);

    var ended = clips.bench.run(clips.sample(ClipBench.PROMPTS, ClipBench.SAMPLER, clip, 1));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().message())
        .contains("video.firstFrames has no picture for the prompt 'rain'")
        .contains("there are [cat, dog]");
  }

  @Test
  void aModelThatTakesNoFirstFrameSaysSo(@TempDir Path other) throws IOException {
    var plain = new ClipBench(other, "pipelines/wan21_tiny");
    plain.bench.write("frames/note.txt", "not a picture");
    Files.write(other.resolve("frames/cat.png"), ClipBench.orange(64, 48));
    var clip = new ClipInput(5, 24, StoreLocation.directory("/frames"), 1, null);

    var ended = plain.bench.run(plain.sample(CAT, ClipBench.SAMPLER, clip, 1));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().message())
        .contains("tiny-wan cannot begin with a given frame")
        .contains("Wan 2.2 TI2V");
  }

  @Test
  void whatTheModelCannotMakeIsSaidBeforeAnythingIsDrawn() {
    var ddim = new SamplerInput("DDIM", 2, 5, 64, 48, 7);

    assertThat(refusal(ClipBench.SAMPLER, ClipInput.plain(6, 24)))
        .contains("video.frames", "4k + 1", "5 and 9");
    assertThat(refusal(ddim, ClipBench.CLIP))
        .contains("sampler.scheduler DDIM is not for clips", "UniPCMultistep");
    assertThat(refusal(ClipBench.SAMPLER, new ClipInput(5, 24, null, 2, null)))
        .contains("upscale.factor 2 needs a network", "spec.upscaler.source");
    assertThat(clips.bench.store().list("")).isEmpty();
  }

  private String refusal(SamplerInput sampler, ClipInput clip) {
    var ended = clips.bench.run(clips.sample(CAT, sampler, clip, 1));
    assertThat(ended.exitCode()).isEqualTo(42);
    return ended.words().message();
  }
}
