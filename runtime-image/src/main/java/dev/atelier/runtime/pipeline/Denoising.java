package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.block.TextMemory;
import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.schedule.Sampling;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The loop from noisy latents to clean ones: one scope per step keeps memory flat. The text's keys
 * and values are made in the first step, for both halves of guidance, and live as long as the loop.
 */
final class Denoising {

  private final UNet2DConditionModel unet;
  private final Sampling sampling;
  private final Guidance guidance;
  private final Conditions conditions;
  private final DType precision;

  /**
   * @param conditions of the negative prompts and then of the prompts if the guidance is active, so
   *     that both go through the denoiser in one batch; else of the prompts alone
   */
  Denoising(
      UNet2DConditionModel unet,
      Sampling sampling,
      Guidance guidance,
      Conditions conditions,
      DType precision) {
    this.precision = precision;
    this.unet = unet;
    this.sampling = sampling;
    this.guidance = guidance;
    this.conditions = conditions.in(precision);
  }

  /**
   * Runs the steps from one on; the result belongs to the scope around.
   *
   * @param start latents {@code [pictures, channels, height, width]} at the noise of step {@code
   *     from}
   */
  Tensor run(Tensor start, int from, Supplier<Tensor> noise, StepListener listener) {
    int steps = sampling.timesteps().length;
    try (Scope scope = Scope.open();
        var memory = new TextMemory()) {
      Tensor latents = start;
      for (int step = from; step < steps; step++) {
        Tensor before = latents;
        latents = step(before, step, noise, memory);
        if (before != start) {
          before.close();
        }
        listener.stepped(step, latents);
      }
      return scope.keep(latents);
    }
  }

  private Tensor step(Tensor latents, int step, Supplier<Tensor> noise, TextMemory memory) {
    try (Scope scope = Scope.open()) {
      Tensor input = sampling.scaleModelInput(latents, step);
      Tensor prediction = predict(input, sampling.timesteps()[step], memory);
      return scope.keep(sampling.step(prediction, step, latents, noise).sample());
    }
  }

  private Tensor predict(Tensor input, float timestep, TextMemory memory) {
    int rows = (int) conditions.text().size(0);
    var times = new float[rows];
    Arrays.fill(times, timestep);
    Tensor at = input.torch().tensor(times, rows);
    if (!guidance.active()) {
      return denoised(input, at, memory);
    }
    var halves = denoised(Ops.concat(0, input, input), at, memory).chunk(2, 0);
    return guidance.combine(halves.get(0), halves.get(1));
  }

  private Tensor denoised(Tensor input, Tensor at, TextMemory memory) {
    return precision == DType.FLOAT32
        ? unet.forward(input, at, conditions, memory)
        : unet.forward(input.to(precision), at, conditions, memory).to(DType.FLOAT32);
  }
}
