package dev.atelier.runtime.train;

import dev.atelier.runtime.model.layer.Adaptable;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which layers get adapters, by their diffusers names. */
public enum LoraTarget implements Predicate<Adaptable> {
  /** Queries, keys, values and outputs of self- and cross-attention. */
  Attention(".*\\.attn[12]\\.(to_q|to_k|to_v|to_out\\.0)"),
  /** Both dense layers of the feed-forward part. */
  FeedForward(".*\\.ffn?\\.net\\.(0\\.proj|2)"),
  /** Both convolutions of the residual blocks. */
  Convolution(".*\\.resnets\\.\\d+\\.conv[12]"),
  /** The attention of the text encoder. */
  TextAttention(".*\\.self_attn\\.(q|k|v|out)_proj");

  private final Pattern names;

  LoraTarget(String names) {
    this.names = Pattern.compile(names);
  }

  @Override
  public boolean test(Adaptable layer) {
    return names.matcher(layer.name()).matches();
  }
}
