package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.clip.TextStates;
import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.XlRequest.Sizes;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Segments;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.text.TextConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks that a training step runs through: text encoders, then denoiser.
 *
 * @param texts one, or XL's two in the order in which their states are joined
 * @param compression pixels per latent along an edge: XL is told the pictures' sizes in pixels
 * @param precision that the denoiser computes in; its parameters are float32 all the same
 */
public record Networks(
    UNet2DConditionModel unet, List<ClipTextModel> texts, int compression, DType precision) {

  /** Networks with one text encoder that compute in float32. */
  public Networks(UNet2DConditionModel unet, ClipTextModel text) {
    this(unet, List.of(text), 1, DType.FLOAT32);
  }

  public Networks {
    texts = List.copyOf(texts);
  }

  /** The first text encoder. */
  public ClipTextModel text() {
    return texts.get(0);
  }

  /** Whether there are two text encoders, and sizes to tell the denoiser. */
  public boolean isXl() {
    return texts.size() > 1;
  }

  /** The denoiser's prediction for a batch whose noise is added already. */
  public Tensor predict(Tensor noisy, long[] timesteps, Conditioning captions) {
    return predict(noisy, timesteps, conditions(captions, noisy), Segments.DIRECT)
        .to(DType.FLOAT32);
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

  /**
   * What the denoiser is told; recorded where a text encoder is trained.
   *
   * @param latents {@code [batch, channels, height, width]}
   */
  Conditions conditions(Conditioning captions, Tensor latents) {
    var sizes = Sizes.of((int) latents.size(2) * compression, (int) latents.size(3) * compression);
    return sizes.with(
        captions instanceof Conditioning.Tokens tokens
            ? read(tokens)
            : ((Conditioning.States) captions).text());
  }

  /** As {@code PromptEncoder} and {@code XlPromptEncoding} read prompts, with gradients. */
  private TextConditions read(Conditioning.Tokens tokens) {
    var states = new ArrayList<Tensor>();
    Optional<Tensor> pooled = Optional.empty();
    for (int i = 0; i < texts.size(); i++) {
      var ids = tokens.ids().get(i);
      long captions = ids.size(0);
      long pieces = ids.size(1);
      var read = texts.get(i).forward(ids.reshape(captions * pieces, ids.size(2)));
      var layer = layer(read);
      states.add(layer.reshape(captions, pieces * ids.size(2), layer.size(2)));
      // The pooled text is that of the first piece, and of the last encoder.
      pooled =
          read.projected()
              .map(own -> own.reshape(captions, pieces, own.size(1)).narrow(1, 0, 1))
              .map(first -> first.reshape(captions, first.size(2)));
    }
    return new TextConditions(
        states.size() == 1 ? states.get(0) : Ops.concat(2, states),
        isXl() ? pooled : Optional.empty());
  }

  /** The last layer after its norm, or of XL the last but one without. */
  private Tensor layer(TextStates states) {
    return isXl() ? states.hidden().get(states.hidden().size() - 2) : states.last();
  }
}
