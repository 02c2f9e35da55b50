package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * A low-rank change of a weight (Hu et al. 2021): {@code W + scale * up down}.
 *
 * @param down {@code [rank, in]}, or {@code [rank, in, kh, kw]} for a convolution
 * @param up {@code [out, rank]}, or {@code [out, rank, 1, 1]}
 * @param scale alpha / rank, times the strength chosen when sampling
 */
public record LowRank(Tensor down, Tensor up, double scale) {

  /** The change as a weight of the given shape. */
  Tensor delta(long... shape) {
    long rank = down.size(0);
    return up.reshape(-1, rank).matmul(down.reshape(rank, -1)).mul(scale).reshape(shape);
  }

  /** Fails unless the change fits a weight. */
  public LowRank checked(String layer, long... weight) {
    long[] expected = weight.clone();
    expected[0] = down.size(0);
    boolean fits =
        Arrays.equals(down.shape(), expected)
            && up.size(0) == weight[0]
            && up.count() == weight[0] * down.size(0);
    if (!fits) {
      throw new IllegalArgumentException(
          "The adapter's down %s and up %s do not fit %s, whose weight is %s."
              .formatted(down, up, layer, Arrays.toString(weight)));
    }
    return this;
  }
}
