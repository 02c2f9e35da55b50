package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.XlRequest.Sizes;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.text.PromptBatch;
import dev.atelier.runtime.text.PromptEncoding;
import dev.atelier.runtime.text.TextConditions;
import java.util.Arrays;
import java.util.List;

/**
 * How well prompts explain pictures, read by a denoiser that did not draw them: told the right
 * prompt, it removes noise from a picture with less error than told another (the diffusion
 * classifier of Li et al. 2023). Every prompt is tried on the same noise, so that only the prompts
 * differ.
 */
public final class PromptFit {

  /** Where prompts tell pictures apart: not all noise, not all detail. */
  private static final double[] NOISE_LEVELS = {0.35, 0.5, 0.65, 0.8};

  private final PromptEncoding encoder;
  private final UNet2DConditionModel unet;
  private final NoiseTable table;
  private final PredictionType prediction;

  /** Reads with these networks, which it does not own. */
  public PromptFit(
      PromptEncoding encoder,
      UNet2DConditionModel unet,
      NoiseTable table,
      PredictionType prediction) {
    this.encoder = encoder;
    this.unet = unet;
    this.table = table;
    this.prediction = prediction;
  }

  /**
   * Mean squared errors {@code [pictures][prompts]}.
   *
   * @param latents scaled latents {@code [pictures, channels, height, width]}
   * @param sizes the pictures' in pixels
   */
  public double[][] errors(Tensor latents, List<String> prompts, Sizes sizes, long seed) {
    var errors = new double[(int) latents.size(0)][prompts.size()];
    try (Scope scope = Scope.open();
        var generator = latents.torch().generator(seed)) {
      var texts = encoder.encode(PromptBatch.of(prompts, List.of(), 0), false).prompts();
      for (double level : NOISE_LEVELS) {
        var noise = generator.randn(latents.shape());
        var at = new long[errors.length];
        Arrays.fill(at, Math.round(level * (table.steps() - 1)));
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
          float[] own = errors(latents, noise, at, texts.row(prompt, errors.length), sizes);
          for (int picture = 0; picture < errors.length; picture++) {
            errors[picture][prompt] += own[picture] / NOISE_LEVELS.length;
          }
        }
      }
    }
    return errors;
  }

  private float[] errors(
      Tensor latents, Tensor noise, long[] at, TextConditions text, Sizes sizes) {
    try (Scope scope = Scope.open()) {
      var times = new float[at.length];
      Arrays.fill(times, at[0]);
      var noisy = table.addNoise(latents, noise, at);
      var predicted =
          unet.forward(noisy, latents.torch().tensor(times, times.length), sizes.with(text));
      var target = prediction.target(table, latents, noise, at);
      return predicted.sub(target).square().mean(1, 2, 3).toFloats();
    }
  }
}
