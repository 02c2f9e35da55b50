package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.wan.ClipGrid;
import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.sample.ClipProvenance;
import dev.atelier.runtime.sample.ClipSource;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.video.FrameFit;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.SamplerInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What is asked of every clip of a stage.
 *
 * @param sampler with what the resource leaves open filled in
 * @param firstFrames a folder of pictures that clips begin with
 * @param enlargement how much larger than the sampler's size they are delivered
 */
record ClipRequest(
    SamplerInput sampler, ClipInput clip, Optional<Path> firstFrames, Enlargement enlargement) {

  /** What Wan's own settings are where the resource names none. */
  private static final int STEPS = 50;

  private static final double GUIDANCE = 5;

  /** Distilled models have learned what guidance does. */
  private static final double UNGUIDED = 1;

  /** What a stage was told, with its folders at hand. */
  static ClipRequest of(SamplerInput sampler, ClipInput clip, Stores stores) {
    return new ClipRequest(
        filled(sampler),
        clip,
        Optional.ofNullable(clip.firstFrames()).map(stores::local),
        Enlargement.of(clip.enlargement(), clip.upscaler(), stores));
  }

  /** Of the finished clips, in pixels. */
  int width() {
    return sampler.width() * enlargement.factor();
  }

  /** Of the finished clips, in pixels. */
  int height() {
    return sampler.height() * enlargement.factor();
  }

  private static SamplerInput filled(SamplerInput given) {
    var open = given.open();
    var distilled = given.distilled();
    return given.with(
        open.contains("scheduler") ? "" : given.scheduler(),
        distilled != null
            ? distilled.timesteps().size()
            : open.contains("steps") ? STEPS : given.steps(),
        open.contains("guidanceScale")
            ? distilled != null ? UNGUIDED : GUIDANCE
            : given.guidanceScale());
  }

  /** The same with the sampler that the model itself names, if the resource names none. */
  ClipRequest withScheduler(String own) {
    var named =
        sampler.with(
            sampler.scheduler().isEmpty() ? own : sampler.scheduler(),
            sampler.steps(),
            sampler.guidanceScale());
    return new ClipRequest(named, clip, firstFrames, enlargement);
  }

  /**
   * How frames come to the size asked for.
   *
   * @param enlarged how many times larger the network makes them
   */
  FrameFit fit(ClipGrid grid, int enlarged) {
    return new FrameFit(
        grid.width(sampler.width()), grid.height(sampler.height()), enlarged, width(), height());
  }

  /**
   * Clips of these prompts as the pipeline is asked for them.
   *
   * @param words tokens of text that the model sees
   */
  TextToVideo clips(FrameFit fit, List<String> prompts, List<String> negatives, int words) {
    return new TextToVideo(
        prompts,
        negatives,
        fit.madeWidth(),
        fit.madeHeight(),
        clip.frames(),
        steps(),
        new Guidance(sampler.guidanceScale(), sampler.guidanceRescale()),
        Optional.empty(),
        words);
  }

  private TextToVideo.Steps steps() {
    var distilled = sampler.distilled();
    return distilled == null
        ? new TextToVideo.Steps.Count(sampler.steps())
        : new TextToVideo.Steps.Fixed(
            distilled.timesteps().stream().map(Integer::doubleValue).toList(), distilled.renoise());
  }

  /**
   * What files of these clips say about themselves.
   *
   * @param provenance entries such as the base model's digest and licence
   */
  ClipProvenance provenance(ClipSource model, Map<String, String> provenance) {
    return new ClipProvenance(
        model.sampler(), clip.frames(), clip.framesPerSecond(), model.delivery(), provenance);
  }

  /** Ends the stage where the model has no such clips. */
  void check(ClipGrid grid) {
    checkTimesteps();
    try {
      grid.requireLength(clip.frames());
    } catch (IllegalArgumentException e) {
      throw new StageFailure.BadInput("video.frames: " + e.getMessage(), e);
    }
    if (sampler.width() % 2 != 0 || sampler.height() % 2 != 0) {
      throw new StageFailure.BadInput(
          "sampler.width %d and sampler.height %d must be even: H.264 stores colours for two by two pixels"
              .formatted(sampler.width(), sampler.height()));
    }
  }

  private void checkTimesteps() {
    var distilled = sampler.distilled();
    if (distilled == null) {
      return;
    }
    var steps = distilled.timesteps();
    boolean falling =
        !steps.isEmpty()
            && steps.get(0) <= TextToVideo.Steps.NOISIEST
            && steps.get(steps.size() - 1) > 0
            && IntStream.range(1, steps.size()).allMatch(i -> steps.get(i) < steps.get(i - 1));
    if (!falling) {
      throw new StageFailure.BadInput(
          "sampler.distilled.timesteps %s must fall from %d at most to 1 at least, such as [1000, 757, 522]"
              .formatted(steps, TextToVideo.Steps.NOISIEST));
    }
  }
}
