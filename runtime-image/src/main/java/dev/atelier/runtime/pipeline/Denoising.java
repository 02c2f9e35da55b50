package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.schedule.Sampling;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The loop from noisy latents to clean ones: one scope per step keeps memory flat. */
final class Denoising {

  private final UNet2DConditionModel unet;
  private final Sampling sampling;
  private final Guidance guidance;
  private final Tensor prompts;
  private final Optional<Tensor> negatives;

  /**
   * @param prompts states {@code [pictures, tokens, width]}
   * @param negatives states of the negative prompts, present exactly if the guidance is active
   */
  Denoising(
      UNet2DConditionModel unet,
      Sampling sampling,
      Guidance guidance,
      Tensor prompts,
      Optional<Tensor> negatives) {
    this.unet = unet;
    this.sampling = sampling;
    this.guidance = guidance;
    this.prompts = prompts;
    this.negatives = negatives;
  }

  /**
   * Runs the steps from one on; the result belongs to the scope around.
   *
   * @param start latents {@code [pictures, channels, height, width]} at the noise of step {@code
   *     from}
   */
  Tensor run(Tensor start, int from, Supplier<Tensor> noise, StepListener listener) {
    int steps = sampling.timesteps().length;
    try (Scope scope = Scope.open()) {
      // Both halves of guidance go through the denoiser in one batch.
      Tensor context = negatives.map(negative -> Ops.concat(0, negative, prompts)).orElse(prompts);
      Tensor latents = start;
      for (int step = from; step < steps; step++) {
        Tensor before = latents;
        latents = step(before, step, context, noise);
        if (before != start) {
          before.close();
        }
        listener.stepped(step, latents);
      }
      return scope.keep(latents);
    }
  }

  private Tensor step(Tensor latents, int step, Tensor context, Supplier<Tensor> noise) {
    try (Scope scope = Scope.open()) {
      Tensor input = sampling.scaleModelInput(latents, step);
      Tensor prediction = predict(input, sampling.timesteps()[step], context);
      return scope.keep(sampling.step(prediction, step, latents, noise).sample());
    }
  }

  private Tensor predict(Tensor input, float timestep, Tensor context) {
    int rows = (int) context.size(0);
    var times = new float[rows];
    Arrays.fill(times, timestep);
    Tensor at = input.torch().tensor(times, rows);
    if (negatives.isEmpty()) {
      return unet.forward(input, at, context);
    }
    var halves = unet.forward(Ops.concat(0, input, input), at, context).chunk(2, 0);
    return guidance.combine(halves.get(0), halves.get(1));
  }
}
