package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;

/** What the denoiser is told to draw. */
public sealed interface Conditioning {

  /**
   * Captions that the text encoder still has to read; its gradients flow.
   *
   * @param ids int64 {@code [batch, tokens]}
   */
  record Tokens(Tensor ids) implements Conditioning {}

  /**
   * What a text encoder that is not trained made of the captions.
   *
   * @param states {@code [batch, tokens, width]}
   */
  record States(Tensor states) implements Conditioning {}
}
