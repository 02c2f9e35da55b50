package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Optional;

/**
 * Frechet distance of two Gaussians fitted to feature sets (Heusel et al. 2017): {@code |m1 - m2|^2
 * + tr S1 + tr S2 - 2 tr (S1^1/2 S2 S1^1/2)^1/2}, covariances over n - 1.
 *
 * <p>With {@code S1 = A^T A} and {@code S2 = B^T B} (A and B the centred features over the root of
 * n - 1) the roots of the eigenvalues of {@code S1^1/2 S2 S1^1/2} are the singular values of {@code
 * A B^T}: no matrix root, no complex part, no epsilon for fewer samples than dimensions.
 */
public final class FrechetDistance {
  /** Below this the bias of about 1/n outweighs what is measured (Binkowski et al. 2018). */
  private static final int ENOUGH = 2048;

  private FrechetDistance() {}

  /** The distance, at least 0. Both sets need two rows or more. */
  public static double of(Torch torch, Features a, Features b) {
    a.requireSameSpace(b);
    if (Math.min(a.count(), b.count()) < 2) {
      throw new IllegalArgumentException("a covariance needs at least two rows in each set");
    }
    try (Scope scope = Scope.open()) {
      Tensor x = matrix(torch, a);
      Tensor y = matrix(torch, b);
      double means = x.mean(0).sub(y.mean(0)).square().sum().item();
      Tensor left = root(x);
      Tensor right = root(y);
      double traces = left.square().sum().add(right.square().sum()).item();
      Tensor product = left.matmul(right.permute(1, 0));
      return Math.max(0, means + traces - 2 * Ops.singularValues(product).sum().item());
    }
  }

  /**
   * Why the number is not to be trusted, for small sets.
   *
   * @param what a row stands for: pictures, frames, clips
   */
  public static Optional<String> warning(String what, Features a, Features b) {
    int fewest = Math.min(a.count(), b.count());
    return fewest >= ENOUGH
        ? Optional.empty()
        : Optional.of(
            "only %d %s in the smaller set: the distance is biased upwards by about 1/n and comparable only between sets of these very sizes (%d and %d); %d are enough"
                .formatted(fewest, what, a.count(), b.count(), ENOUGH));
  }

  private static Tensor matrix(Torch torch, Features features) {
    return torch.tensor(features.values(), features.count(), features.width()).to(DType.FLOAT64);
  }

  /** A matrix whose square is the covariance, with no more rows than columns. */
  private static Tensor root(Tensor features) {
    long count = features.size(0);
    Tensor centred = features.sub(features.mean(0)).mul(1 / Math.sqrt(count - 1.0));
    return count > features.size(1) ? Ops.triangular(centred) : centred;
  }
}
