package dev.atelier.runtime.tensor;

import java.util.List;

/** The gradients of a set of parameters as one vector. */
public final class Gradients {
  /** torch.nn.utils.clip_grad_norm_ adds this to the norm before dividing. */
  private static final double CLIP_EPSILON = 1e-6;

  private Gradients() {}

  /** The Euclidean norm over all tensors. */
  public static double norm(List<Tensor> gradients) {
    Torch torch = gradients.get(0).torch();
    try (Scope scope = Scope.open()) {
      return torch.wrap(torch.script().one("foreach_norm", gradients)).item();
    }
  }

  /** Scales the gradients so that their norm is at most the limit; gives the norm of before. */
  public static double clip(List<Tensor> gradients, double limit) {
    double norm = norm(gradients);
    scale(gradients, Math.min(1, limit / (norm + CLIP_EPSILON)));
    return norm;
  }

  /** Multiplies every gradient in place. */
  public static void scale(List<Tensor> gradients, double factor) {
    if (factor != 1) {
      gradients.get(0).torch().script().act("foreach_mul_", gradients, factor);
    }
  }
}
