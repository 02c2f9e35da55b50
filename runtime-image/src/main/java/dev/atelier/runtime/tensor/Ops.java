package dev.atelier.runtime.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/** Neural-network operators by their mathematical name. All are differentiable. */
public final class Ops {
  private Ops() {}

  /** {@code x W^T + b}: x {@code [.., in]}, weight {@code [out, in]}. */
  public static Tensor linear(Tensor x, Tensor weight, Optional<Tensor> bias) {
    return x.torch()
        .wrap(
            x.array()
                .getNDArrayInternal()
                .linear(x.array(), weight.array(), array(bias))
                .singletonOrThrow());
  }

  /** Convolution of x {@code [batch, in, height, width]} with weight {@code [out, in, kh, kw]}. */
  public static Tensor conv2d(
      Tensor x, Tensor weight, Optional<Tensor> bias, int stride, int padding) {
    return conv2d(x, weight, bias, stride, padding, padding);
  }

  /** As above with padding of its own for height and width. */
  public static Tensor conv2d(
      Tensor x,
      Tensor weight,
      Optional<Tensor> bias,
      int stride,
      int paddingHeight,
      int paddingWidth) {
    return x.torch()
        .wrap(
            x.array()
                .getNDArrayInternal()
                .convolution(
                    x.array(),
                    weight.array(),
                    array(bias),
                    new Shape(stride, stride),
                    new Shape(paddingHeight, paddingWidth),
                    new Shape(1, 1),
                    1)
                .singletonOrThrow());
  }

  /**
   * Convolution of x {@code [batch, in, frames, height, width]} with weight {@code [out, in, kt,
   * kh, kw]}; stride and padding in the order time, height, width.
   */
  public static Tensor conv3d(
      Tensor x, Tensor weight, Optional<Tensor> bias, long[] stride, long[] padding) {
    return x.torch()
        .wrap(
            x.array()
                .getNDArrayInternal()
                .convolution(
                    x.array(),
                    weight.array(),
                    array(bias),
                    new Shape(stride),
                    new Shape(padding),
                    new Shape(1, 1, 1),
                    1)
                .singletonOrThrow());
  }

  /** Transposed convolution without bias. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, int stride) {
    return call(x, "conv_transpose2d", x, weight, new long[] {stride, stride});
  }

  /** Layer normalisation over the trailing dimensions that the weight has. */
  public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) {
    return call(x, "layer_norm", x, weight, bias, epsilon);
  }

  /** Layer normalisation over the last dimension without scale and shift. */
  public static Tensor layerNorm(Tensor x, double epsilon) {
    return call(x, "layer_norm_plain", x, x.size(-1), epsilon);
  }

  public static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
    return call(x, "rms_norm", x, weight, epsilon);
  }

  /**
   * Every position's channels (dimension 1) to the length {@code sqrt(channels)}, times the weight,
   * which broadcasts.
   */
  public static Tensor channelNorm(Tensor x, Tensor weight) {
    return call(x, "channel_norm", x, weight);
  }

  /** {@code silu(channelNorm(x))} in one call. */
  public static Tensor channelNormSilu(Tensor x, Tensor weight) {
    return call(x, "channel_norm_silu", x, weight);
  }

  /** {@code layerNorm(x) (1 + scale) + shift} over the last dimension. */
  public static Tensor modulatedNorm(Tensor x, Tensor scale, Tensor shift, double epsilon) {
    return call(x, "modulated_norm", x, scale, shift, epsilon);
  }

  /** {@code x + y gate} in one pass. */
  public static Tensor addGated(Tensor x, Tensor y, Tensor gate) {
    return call(x, "addcmul", x, y, gate);
  }

  public static Tensor silu(Tensor x) {
    return call(x, "silu", x);
  }

  public static Tensor relu(Tensor x) {
    return call(x, "relu", x);
  }

  /** x where it is positive, {@code slope x} elsewhere. */
  public static Tensor leakyRelu(Tensor x, double slope) {
    return call(x, "leaky_relu", x, slope);
  }

  public static Tensor sigmoid(Tensor x) {
    return call(x, "sigmoid", x);
  }

  /** GELU with the error function. */
  public static Tensor gelu(Tensor x) {
    return call(x, "gelu", x, "none");
  }

  /** GELU in its tanh approximation. */
  public static Tensor geluTanh(Tensor x) {
    return call(x, "gelu", x, "tanh");
  }

  /** {@code x sigmoid(1.702 x)}. */
  public static Tensor quickGelu(Tensor x) {
    return call(x, "quick_gelu", x);
  }

  /** Splits the last dimension into h and g and gives {@code h gelu(g)}. */
  public static Tensor geglu(Tensor x) {
    return call(x, "geglu", x);
  }

  public static Tensor softmax(Tensor x, int dimension) {
    return call(x, "softmax", x, dimension);
  }

  /** Scaled dot-product attention, q {@code [batch, heads, queries, width]}. */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, boolean causal) {
    return call(q, "attention", q, k, v, causal);
  }

  /** Scaled dot-product attention; the mask is boolean (true takes part) or is added. */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, Tensor mask) {
    return call(q, "attention_masked", q, k, v, mask);
  }

  /** Attention of q {@code [batch, queries, heads * width]}; gives the same shape. */
  public static Tensor headsAttention(Tensor q, Tensor k, Tensor v, int heads, boolean causal) {
    return call(q, "heads_attention", q, k, v, heads, causal);
  }

  /** As above with a mask that broadcasts to {@code [batch, heads, queries, keys]}. */
  public static Tensor headsAttention(Tensor q, Tensor k, Tensor v, int heads, Tensor mask) {
    return call(q, "heads_attention_masked", q, k, v, heads, mask);
  }

  /**
   * Self-attention of q {@code [batch, n, heads * width]} with rotary positions (Su et al. 2021).
   *
   * @param turns cosine and sine of every position's angles, {@code [n, width / 2, 2]};
   *     neighbouring pairs of a head turn together
   */
  public static Tensor rotaryAttention(Tensor q, Tensor k, Tensor v, int heads, Tensor turns) {
    return call(q, "rotary_attention", q, k, v, heads, turns);
  }

  /**
   * Attention whose scores are not divided by the root of the width but shifted by a bias that
   * broadcasts to {@code [batch, heads, queries, keys]}.
   */
  public static Tensor biasedAttention(Tensor q, Tensor k, Tensor v, int heads, Tensor bias) {
    return call(q, "biased_attention", q, k, v, heads, bias);
  }

  /** From a 0/1 padding mask {@code [batch, n]} to causal {@code [batch, 1, n, n]}. */
  public static Tensor causalPaddingMask(Tensor mask) {
    return call(mask, "causal_padding_mask", mask);
  }

  /** Rows of the table by int64 ids. */
  public static Tensor embedding(Tensor table, Tensor ids) {
    return call(table, "embedding", table, ids);
  }

  /** Nearest-neighbour resize of {@code [batch, channels, height, width]} to the given size. */
  public static Tensor upsampleNearest(Tensor x, long height, long width) {
    return call(x, "upsample_nearest", x, new long[] {height, width});
  }

  /** Bilinear resize, half-pixel centres, no antialiasing. */
  public static Tensor upsampleBilinear(Tensor x, long height, long width) {
    return call(x, "upsample_bilinear", x, new long[] {height, width});
  }

  /** Bicubic resize (a = -0.75), half-pixel centres, no antialiasing. */
  public static Tensor upsampleBicubic(Tensor x, long height, long width) {
    return call(x, "upsample_bicubic", x, new long[] {height, width});
  }

  /** Mean over windows of kernel x kernel; padding does not count as pixels. */
  public static Tensor averagePool(Tensor x, int kernel, int stride, int padding) {
    return call(x, "avg_pool", x, square(kernel), square(stride), square(padding));
  }

  /** Maximum over windows of kernel x kernel. */
  public static Tensor maxPool(Tensor x, int kernel, int stride, int padding) {
    return call(x, "max_pool", x, square(kernel), square(stride), square(padding));
  }

  /** Singular values of a matrix, largest first. */
  public static Tensor singularValues(Tensor matrix) {
    return call(matrix, "singular_values", matrix);
  }

  /** R of the QR decomposition: {@code R^T R = X^T X} with at most as many rows as columns. */
  public static Tensor triangular(Tensor matrix) {
    return call(matrix, "triangular", matrix);
  }

  /** Pads with zeros; amounts per side, last dimension first: left, right, top, bottom. */
  public static Tensor pad(Tensor x, long... amounts) {
    return call(x, "pad", x, amounts, "constant");
  }

  public static Tensor einsum(String equation, Tensor... operands) {
    return call(operands[0], "einsum", equation, List.of(operands));
  }

  public static Tensor concat(int dimension, Tensor... parts) {
    return call(parts[0], "cat", List.of(parts), dimension);
  }

  public static Tensor concat(int dimension, List<Tensor> parts) {
    return call(parts.get(0), "cat", parts, dimension);
  }

  public static Tensor stack(int dimension, List<Tensor> parts) {
    return call(parts.get(0), "stack", parts, dimension);
  }

  public static Tensor minimum(Tensor x, Tensor y) {
    return call(x, "minimum", x, y);
  }

  public static Tensor maximum(Tensor x, Tensor y) {
    return call(x, "maximum", x, y);
  }

  /** The q-quantile along a dimension, which stays with length one; linear interpolation. */
  public static Tensor quantile(Tensor x, double q, int dimension) {
    return call(x, "quantile", x, q, dimension);
  }

  /** The mean of the squared difference. */
  public static Tensor meanSquaredError(Tensor x, Tensor y) {
    return x.sub(y).square().mean();
  }

  private static long[] square(long edge) {
    return new long[] {edge, edge};
  }

  @SuppressWarnings("NullAway") // DJL takes null for "no bias"
  private static NDArray array(Optional<Tensor> bias) {
    return bias.map(b -> (NDArray) b.array()).orElse(null);
  }

  private static Tensor call(Tensor owner, String operator, Object... arguments) {
    return owner.torch().wrap(owner.torch().script().one(operator, arguments));
  }
}
