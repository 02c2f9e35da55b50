package dev.atelier.runtime.model.block;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/**
 * Multi-head attention with the projections {@code to_q}, {@code to_k}, {@code to_v}, {@code
 * to_out.0}.
 */
public final class Attention {
  private final Linear toQ;
  private final Linear toK;
  private final Linear toV;
  private final Linear toOut;
  private final int heads;

  private Attention(Linear toQ, Linear toK, Linear toV, Linear toOut, int heads) {
    this.toQ = toQ;
    this.toK = toK;
    this.toV = toV;
    this.toOut = toOut;
    this.heads = heads;
  }

  /** Queries, keys and values without bias, as in the denoiser. */
  public static Attention withoutBias(Layers at, int width, int contextWidth, int heads) {
    return new Attention(
        at.linearWithoutBias("to_q", width, width),
        at.linearWithoutBias("to_k", contextWidth, width),
        at.linearWithoutBias("to_v", contextWidth, width),
        at.linear("to_out.0", width, width),
        heads);
  }

  /** All projections with bias, as in the autoencoder. */
  public static Attention withBias(Layers at, int width, int heads) {
    return new Attention(
        at.linear("to_q", width, width),
        at.linear("to_k", width, width),
        at.linear("to_v", width, width),
        at.linear("to_out.0", width, width),
        heads);
  }

  /** x {@code [batch, n, width]} attends to the context {@code [batch, m, context width]}. */
  public Tensor forward(Tensor x, Tensor context) {
    return forward(x, project(context));
  }

  /**
   * As above with keys and values made before: the context of a prompt is the same at every step.
   */
  public Tensor forward(Tensor x, KeysValues context) {
    Tensor attended =
        Ops.headsAttention(toQ.forward(x), context.keys(), context.values(), heads, false);
    return toOut.forward(attended);
  }

  /** The keys and values of a context. */
  public KeysValues project(Tensor context) {
    return new KeysValues(toK.forward(context), toV.forward(context));
  }

  /** Keys and values, each {@code [batch, m, width]}. */
  public record KeysValues(Tensor keys, Tensor values) {}
}
