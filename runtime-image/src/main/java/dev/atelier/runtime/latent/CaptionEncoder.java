package dev.atelier.runtime.latent;

import dev.atelier.runtime.tensor.Tensor;

/** The text encoder of a video model. */
public interface CaptionEncoder extends AutoCloseable {

  /**
   * Embeds a caption; the empty one is what guidance steers away from.
   *
   * @return {@code [tokens, width]}, without padding
   */
  Tensor encode(String caption);

  /** Digest of tokenizer, configuration and weights. */
  String sha256();

  @Override
  void close();
}
