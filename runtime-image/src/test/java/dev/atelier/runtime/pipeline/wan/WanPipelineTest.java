package dev.atelier.runtime.pipeline.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WanPipelineTest {
  private static final WanFiles TI2V = WanFiles.of(Fixtures.folder("pipelines/wan22_ti2v_tiny"));
  private static final WanFiles T2V = WanFiles.of(Fixtures.folder("pipelines/wan21_tiny"));
  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();

  @Test
  void aTightBudgetStreamsTheBlocksAndGivesTheVerySameClip() {
    var request = request(TI2V, new TextToVideo.Steps.Count(2));
    var roomy = MemoryPlan.of(TI2V, request, DType.FLOAT32, 1L << 30);
    long tight = Math.max(roomy.text().total(), roomy.denoiser().total()) - 1;

    var plan =
        MemoryPlan.of(TI2V, request, DType.FLOAT32, Math.max(tight, roomy.autoencoder().total()));

    assertThat(roomy.settings()).isEqualTo(WanPipeline.Settings.plain());
    var streamed = new WanPipeline.Settings(Residence.STREAMED, Residence.STREAMED, false, false);
    assertThat(plan.peak()).isLessThanOrEqualTo(roomy.peak());
    assertThat(clip(TI2V, request, streamed, 7).toFloats())
        .isEqualTo(clip(TI2V, request, roomy.settings(), 7).toFloats());
  }

  @Test
  void inHalfPrecisionTheDenoiserComputesAClipThatIsNearlyTheSame() {
    var request = request(TI2V, new TextToVideo.Steps.Count(2));
    float[] whole = clip(TI2V, request, WanPipeline.Settings.plain(), 7).toFloats();

    Tensor half = clip(TI2V, request, WanPipeline.Settings.plain(), DType.BFLOAT16, 7);

    assertThat(half.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(half.toFloats()).isNotEqualTo(whole).containsExactly(whole, Offset.offset(0.1f));
  }

  @Test
  void partsStayBetweenClipsOnlyWhereThereIsRoomForAll() {
    var plan =
        MemoryPlan.of(T2V, request(T2V, new TextToVideo.Steps.Count(2)), DType.FLOAT32, 1L << 30);

    var all = plan.keepingAll(1L << 30);
    assertThat(all.settings().together()).isTrue();
    assertThat(all.peak()).isGreaterThan(plan.peak());
    assertThat(all.lines().get(0)).contains("with every part kept between clips");
    assertThat(plan.keepingAll(plan.peak())).isEqualTo(plan);
  }

  @Test
  void thePlanNamesThePeakAndEveryPartBeforeTheWorkBegins() {
    var plan =
        MemoryPlan.of(T2V, request(T2V, new TextToVideo.Steps.Count(2)), DType.FLOAT32, 1L << 30);

    assertThat(plan.lines().get(0)).startsWith("planned peak 0.0").contains("GiB, in the ");
    assertThat(plan.lines().subList(1, 4))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("text encoder (whole): "),
            denoiser -> assertThat(denoiser).startsWith("denoiser (whole): "),
            autoencoder -> assertThat(autoencoder).startsWith("autoencoder (whole): "));
  }

  @Test
  void aClipThatFitsInNoWayIsRefusedWithThePeakAndWhatToDo() {
    assertThatThrownBy(
            () ->
                MemoryPlan.of(
                    T2V, request(T2V, new TextToVideo.Steps.Count(2)), DType.FLOAT32, 1000))
        .isInstanceOf(MemoryBudgetException.class)
        .hasMessageContaining("GiB at its peak and there are 0.00 GiB")
        .hasMessageContaining("Ask for fewer frames");
  }

  @Test
  void theSameSeedIsTheSameClipAndBesideOthersToo() {
    var one = request(T2V, new TextToVideo.Steps.Count(2));
    var two =
        new TextToVideo(
            List.of("a cat", "a photo of a red cat, 8k"),
            List.of("", "blurry, low quality"),
            48,
            32,
            5,
            new TextToVideo.Steps.Count(2),
            Guidance.of(5),
            Optional.empty(),
            40);

    float[] alone = clip(T2V, one, WanPipeline.Settings.plain(), 7).toFloats();
    Tensor both = clip(T2V, two, WanPipeline.Settings.plain(), 3, 7);

    assertThat(clip(T2V, one, WanPipeline.Settings.plain(), 7).toFloats()).isEqualTo(alone);
    assertThat(both.narrow(0, 1, 1).toFloats()).containsExactly(alone, Offset.offset(1e-4f));
    assertThat(both.narrow(0, 0, 1).toFloats()).isNotEqualTo(alone);
  }

  @Test
  void aDistilledModelIsAskedAtItsOwnTimesteps() {
    var steps = new TextToVideo.Steps.Fixed(List.of(1000.0, 757.0, 522.0), true);
    var request =
        new TextToVideo(
            List.of("a cat"), List.of(""), 48, 32, 5, steps, Guidance.of(1), Optional.empty(), 40);
    var seen = new java.util.ArrayList<Integer>();

    try (var pipeline = pipeline(T2V, WanPipeline.Settings.plain());
        var noise = new PictureNoise(torch, List.of(7L))) {
      Tensor latents =
          pipeline.latents(request, pipeline.encode(request), noise, (step, now) -> seen.add(step));
      assertThat(seen).containsExactly(0, 1, 2);
      assertThat(latents.isFinite()).isTrue();
    }
  }

  @Test
  void aFirstFrameForAModelThatWasNotTrainedWithOneIsRefused() {
    var plain = request(T2V, new TextToVideo.Steps.Count(1));
    var request =
        new TextToVideo(
            plain.prompts(),
            plain.negativePrompts(),
            48,
            32,
            5,
            plain.steps(),
            plain.guidance(),
            Optional.of(torch.zeros(1, 3, 32, 48)),
            40);

    assertThatThrownBy(() -> clip(T2V, request, WanPipeline.Settings.plain(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot begin with a given frame")
        .hasMessageContaining("expand_timesteps");
  }

  @Test
  void aSizeThatTheModelCannotMakeIsRefusedWithTheMultiples() {
    var request =
        new TextToVideo(
            List.of("a cat"),
            List.of(""),
            1280,
            720,
            121,
            new TextToVideo.Steps.Count(1),
            Guidance.of(1),
            Optional.empty(),
            40);

    assertThatThrownBy(() -> clip(TI2V, request, WanPipeline.Settings.plain(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1280 x 720")
        .hasMessageContaining("multiple of 32");
  }

  @Test
  void partsAreGivenUpAfterTheirWorkUnlessAllAreToStay() {
    var log = new java.util.ArrayList<String>();
    var brief = new Part<>(() -> model("brief", log), false);
    var kept = new Part<>(() -> model("kept", log), true);

    brief.use(model -> log.add("work"));
    kept.use(model -> log.add("work"));
    kept.use(model -> log.add("work"));
    kept.close();

    assertThat(log)
        .containsExactly(
            "load brief", "work", "close brief", "load kept", "work", "work", "close kept");
  }

  private static AutoCloseable model(String name, List<String> log) {
    log.add("load " + name);
    return () -> log.add("close " + name);
  }

  private static Tensor clip(
      WanFiles files, TextToVideo request, WanPipeline.Settings settings, long... seeds) {
    return clip(files, request, settings, DType.FLOAT32, seeds);
  }

  private static Tensor clip(
      WanFiles files,
      TextToVideo request,
      WanPipeline.Settings settings,
      DType precision,
      long... seeds) {
    var all = java.util.Arrays.stream(seeds).boxed().toList();
    try (var pipeline =
            new WanPipeline(
                torch, files, Scheduler.read(files.schedulerConfig()), settings, precision);
        var noise = new PictureNoise(torch, all)) {
      Tensor latents =
          pipeline.latents(request, pipeline.encode(request), noise, StepListener.NONE);
      return pipeline.decode(latents);
    }
  }

  private static WanPipeline pipeline(WanFiles files, WanPipeline.Settings settings) {
    return new WanPipeline(torch, files, Scheduler.read(files.schedulerConfig()), settings);
  }

  private static TextToVideo request(WanFiles files, TextToVideo.Steps steps) {
    return new TextToVideo(
        List.of("a photo of a red cat, 8k"),
        List.of("blurry, low quality"),
        files.perToken() ? 32 : 48,
        files.perToken() ? 64 : 32,
        5,
        steps,
        Guidance.of(5),
        Optional.empty(),
        40);
  }
}
