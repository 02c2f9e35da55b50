package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.model.PublishedConfigs;
import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.stage.Stage;
import dev.atelier.stage.VideoTrainingInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a training's steps fall into phases, and what follows from that. */
class VideoPhasesTest {

  private static final VideoPhases PHASES =
      VideoPhases.of(VideoTrainings.lora().low(10, 0).high(4, 0).input());

  @Test
  void stepsAreCountedThroughAllPhases() {
    assertThat(PHASES.steps()).isEqualTo(14);
    assertThat(IntStream.of(1, 10, 11, 14).map(PHASES::of)).containsExactly(0, 0, 1, 1);
    assertThat(PHASES.begin(1)).isEqualTo(10);
    assertThat(PHASES.end(1)).isEqualTo(14);
    assertThat(PHASES.isLast(1)).isTrue();
  }

  @Test
  void whatIsLeftCountsLargerClipsAsMoreSteps() {
    // 128x64 in 7 frames of latents is 28/3 of 64x32 in 3.
    assertThat(PHASES.left(4)).isCloseTo(6 + 4 * 28 / 3.0, within(1e-9));
    assertThat(PHASES.left(12)).isEqualTo(2);
    assertThat(PHASES.left(14)).isZero();
  }

  @Test
  void theTimeLeftIsThatOfTheLargerClipsToo() {
    var clock = new Turning();
    var progress = new ProgressReporter(Stage.TRAIN, clock);
    progress.begin("training", 14, 0, PHASES::left);
    clock.now = clock.now.plus(Duration.ofSeconds(3));

    progress.step(1, List.of());

    assertThat(progress.now().secondsLeft()).isEqualTo((int) Math.round(3 * PHASES.left(1)));
  }

  @Test
  void wholeFilmsAreHeldBackTheSameOnesEachTime() {
    var clips =
        IntStream.range(0, 60).mapToObj(i -> entry("film%d-%03d".formatted(i / 3, i % 3))).toList();

    var held = HeldOutClips.of(clips);

    assertThat(held.kept()).hasSize(6);
    assertThat(held.kept().stream().map(clip -> clip.id().replaceAll("-.*", "")).distinct())
        .as("films")
        .hasSize(2);
    assertThat(held.learned()).hasSize(54).doesNotContainAnyElementsOf(held.kept());
    assertThat(HeldOutClips.of(clips)).isEqualTo(held);
  }

  @Test
  void clipsOfOneLongFilmAreHeldBackOneByOneAndFewAreAllLearned() {
    var film = IntStream.range(0, 40).mapToObj(i -> entry("film-%03d".formatted(i))).toList();

    assertThat(HeldOutClips.of(film).kept()).hasSize(4);
    assertThat(HeldOutClips.of(film.subList(0, 4)).kept()).isEmpty();
    assertThat(HeldOutClips.of(film.subList(0, 4)).judging()).hasSize(4);
  }

  /** Wan 2.1 1.3B: 1,418,996,800 weights. */
  @Test
  void thePlanOfMemorySaysWhatAdaptersAndRecomputationSave() {
    var config = WanConfig.from(PublishedConfigs.read("wan21_transformer"));
    var input = VideoTrainings.lora().phase("sd", 832, 480, 81, 1, 0).batch(1);

    var adapters = plan(input.input(), config);
    var kept = plan(input.keepingActivations().input(), config);
    var full = VideoTrainings.full().phase("sd", 832, 480, 81, 1, 0).batch(1);
    var whole = plan(full.emaDecay(0.99).input(), config);

    assertThat(adapters.lines().get(0)).startsWith("planned peak ");
    assertThat(adapters.weights()).isEqualTo(4 * 1_418_996_800L);
    assertThat(kept.activations()).isGreaterThan(5 * adapters.activations());
    assertThat(plan(input.input(), config, DType.BFLOAT16).activations())
        .isEqualTo(kept.activations() / 2);
    assertThat(whole.training()).isEqualTo(16 * 1_418_996_800L);
    assertThat(adapters.peak())
        .isEqualTo(adapters.weights() + adapters.training() + adapters.activations());
  }

  @Test
  void aTrainingThatDoesNotFitIsRefusedWithItsPeakAndWhatWouldHelp() {
    var config = WanConfig.from(PublishedConfigs.read("wan21_transformer"));
    var input = VideoTrainings.full().phase("sd", 832, 480, 81, 1, 0).batch(2).input();
    var plan = plan(input, config);

    assertThatCode(() -> plan.require(plan.peak(), input)).doesNotThrowAnyException();
    assertThatThrownBy(() -> plan.require(24L << 30, input))
        .isInstanceOf(StageFailure.OutOfMemory.class)
        .hasMessageStartingWith("training needs ")
        .hasMessageContaining("activations of stage 'sd'")
        .hasMessageContaining("and there are 24.00 GiB")
        .hasMessageContaining("shorten or shrink training.stages 'sd'")
        .hasMessageContaining("lower training.batchSize 2")
        .hasMessageContaining("train with method LoRA")
        .hasMessageContaining("BFloat16");
    var kept = VideoTrainings.lora().keepingActivations().phase("sd", 832, 480, 81, 1, 0).input();
    assertThatThrownBy(() -> plan(kept, config).require(1L << 30, kept))
        .hasMessageContaining("turn training.gradientCheckpointing on")
        .message()
        .doesNotContain("method LoRA");
  }

  private static VideoTrainingMemory plan(VideoTrainingInput input, WanConfig config) {
    return plan(input, config, DType.FLOAT32);
  }

  private static VideoTrainingMemory plan(
      VideoTrainingInput input, WanConfig config, DType precision) {
    var latents = WanAutoencoderConfig.from(PublishedConfigs.read("wan21_autoencoder"));
    return VideoTrainingMemory.of(input, config, latents, 1_418_996_800, 512, precision, false);
  }

  private static LatentIndex.Entry entry(String id) {
    return new LatentIndex.Entry(id, "parts/a.safetensors", false, "a ball rolls");
  }

  private static final class Turning extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
