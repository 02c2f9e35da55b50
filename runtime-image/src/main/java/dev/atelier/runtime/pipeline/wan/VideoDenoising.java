package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.schedule.Sampling;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The loop from noise to the latents of clips: one scope per step keeps memory flat. */
final class VideoDenoising {
  /**
   * Numbers in the latents of clips up to which the prediction with and without the prompt are made
   * in one batch: small work gains by it, large work would only need twice the memory.
   */
  private static final long TOGETHER = 1L << 18;

  private final WanTransformer3DModel model;
  private final Sampling sampling;
  private final Guidance guidance;
  private final VideoTexts texts;
  private final Optional<FirstFrame> beginning;
  private final DType precision;

  VideoDenoising(
      WanTransformer3DModel model,
      Sampling sampling,
      Guidance guidance,
      VideoTexts texts,
      Optional<FirstFrame> beginning,
      DType precision) {
    this.precision = precision;
    this.model = model;
    this.sampling = sampling;
    this.guidance = guidance;
    this.texts = texts;
    this.beginning = beginning;
  }

  /** Runs every step from noise {@code [clips, channels, frames, height, width]}. */
  Tensor run(Tensor start, Supplier<Tensor> noise, StepListener listener) {
    try (Scope scope = Scope.open()) {
      Tensor latents = start.mul(sampling.initNoiseSigma());
      for (int step = 0; step < sampling.timesteps().length; step++) {
        Tensor before = latents;
        latents = step(before, step, noise);
        before.close();
        listener.stepped(step, latents);
      }
      Tensor last = latents;
      return scope.keep(beginning.map(first -> first.on(last)).orElse(last));
    }
  }

  private Tensor step(Tensor latents, int step, Supplier<Tensor> noise) {
    try (Scope scope = Scope.open()) {
      Tensor clips = beginning.map(first -> first.on(latents)).orElse(latents);
      Tensor input = sampling.scaleModelInput(clips, step);
      Tensor flow = predict(input, sampling.timesteps()[step]);
      return scope.keep(sampling.step(flow, step, latents, noise).sample());
    }
  }

  private Tensor predict(Tensor input, float timestep) {
    if (!guidance.active()) {
      return flow(input, timestep, texts.prompts());
    }
    if (input.count() <= TOGETHER) {
      var both = Ops.concat(0, texts.negatives(), texts.prompts());
      var halves = flow(Ops.concat(0, input, input), timestep, both).chunk(2, 0);
      return guidance.combine(halves.get(0), halves.get(1));
    }
    Tensor unconditional = flow(input, timestep, texts.negatives());
    return guidance.combine(unconditional, flow(input, timestep, texts.prompts()));
  }

  private Tensor flow(Tensor input, float timestep, Tensor text) {
    Tensor times =
        beginning
            .map(first -> first.timesteps(input, timestep))
            .orElseGet(() -> same(input, timestep));
    return precision == DType.FLOAT32
        ? model.forward(input, times, text)
        : model.forward(input.to(precision), times, text.to(precision)).to(DType.FLOAT32);
  }

  private static Tensor same(Tensor input, float timestep) {
    var times = new float[(int) input.size(0)];
    Arrays.fill(times, timestep);
    return input.torch().tensor(times, times.length);
  }
}
