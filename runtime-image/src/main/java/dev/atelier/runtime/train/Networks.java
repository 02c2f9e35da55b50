package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.Tensor;

/** The two networks that a training step runs through: text encoder, then denoiser. */
public record Networks(UNet2DConditionModel unet, ClipTextModel text) {

  /** The denoiser's prediction for a batch whose noise is added already. */
  public Tensor predict(Tensor noisy, long[] timesteps, Conditioning captions) {
    var times = new float[timesteps.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = timesteps[i];
    }
    return unet.forward(noisy, noisy.torch().tensor(times, times.length), states(captions));
  }

  private Tensor states(Conditioning captions) {
    return captions instanceof Conditioning.Tokens tokens
        ? text.forward(tokens.ids()).last()
        : ((Conditioning.States) captions).states();
  }
}
