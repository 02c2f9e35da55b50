package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Segments;
import dev.atelier.runtime.tensor.Tensor;

/**
 * The two networks that a training step runs through: text encoder, then denoiser.
 *
 * @param precision that the denoiser computes in; its parameters are float32 all the same
 */
public record Networks(UNet2DConditionModel unet, ClipTextModel text, DType precision) {

  /** Networks that compute in float32. */
  public Networks(UNet2DConditionModel unet, ClipTextModel text) {
    this(unet, text, DType.FLOAT32);
  }

  /** The denoiser's prediction for a batch whose noise is added already. */
  public Tensor predict(Tensor noisy, long[] timesteps, Conditioning captions) {
    return predict(noisy, timesteps, conditions(captions), Segments.DIRECT).to(DType.FLOAT32);
  }

  /** As above in the type that is computed in, of captions that were read before. */
  Tensor predict(Tensor noisy, long[] timesteps, Conditions captions, Segments segments) {
    var times = new float[timesteps.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = timesteps[i];
    }
    return unet.forward(
        noisy.to(precision), noisy.torch().tensor(times, times.length), captions, segments);
  }

  /** What the denoiser is told; recorded where the text encoder is trained. */
  Conditions conditions(Conditioning captions) {
    return Conditions.of(
        captions instanceof Conditioning.Tokens tokens
            ? text.forward(tokens.ids()).last()
            : ((Conditioning.States) captions).states());
  }
}
