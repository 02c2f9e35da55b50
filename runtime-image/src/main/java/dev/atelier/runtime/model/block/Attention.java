package dev.atelier.runtime.model.block;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.DType;
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
  private final boolean float32;

  private Attention(Linear toQ, Linear toK, Linear toV, Linear toOut, int heads, boolean float32) {
    this.toQ = toQ;
    this.toK = toK;
    this.toV = toV;
    this.toOut = toOut;
    this.heads = heads;
    this.float32 = float32;
  }

  /** Queries, keys and values without bias, as in the denoiser. */
  public static Attention withoutBias(Layers at, int width, int contextWidth, int heads) {
    return new Attention(
        at.linearWithoutBias("to_q", width, width),
        at.linearWithoutBias("to_k", contextWidth, width),
        at.linearWithoutBias("to_v", contextWidth, width),
        at.linear("to_out.0", width, width),
        heads,
        false);
  }

  /** All projections with bias, as in the autoencoder. */
  public static Attention withBias(Layers at, int width, int heads) {
    return new Attention(
        at.linear("to_q", width, width),
        at.linear("to_k", width, width),
        at.linear("to_v", width, width),
        at.linear("to_out.0", width, width),
        heads,
        false);
  }

  /**
   * The same layers with scores and their softmax in float32 whatever the projections are computed
   * in (diffusers {@code upcast_attention}).
   */
  public Attention inFloat32() {
    return new Attention(toQ, toK, toV, toOut, heads, true);
  }

  /** x {@code [batch, n, width]} attends to the context {@code [batch, m, context width]}. */
  public Tensor forward(Tensor x, Tensor context) {
    return forward(x, project(context));
  }

  /**
   * As above with keys and values made before: the context of a prompt is the same at every step.
   */
  public Tensor forward(Tensor x, KeysValues context) {
    return toOut.forward(attended(toQ.forward(x), context));
  }

  private Tensor attended(Tensor queries, KeysValues context) {
    DType type = queries.dtype();
    if (!float32 || type == DType.FLOAT32) {
      return Ops.headsAttention(queries, context.keys(), context.values(), heads, false);
    }
    return Ops.headsAttention(
            queries.to(DType.FLOAT32),
            context.keys().to(DType.FLOAT32),
            context.values().to(DType.FLOAT32),
            heads,
            false)
        .to(type);
  }

  /** The keys and values of a context. */
  public KeysValues project(Tensor context) {
    return new KeysValues(toK.forward(context), toV.forward(context));
  }

  /** Keys and values, each {@code [batch, m, width]}. */
  public record KeysValues(Tensor keys, Tensor values) {}
}
