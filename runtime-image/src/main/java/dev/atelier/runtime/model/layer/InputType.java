package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/**
 * A layer computes in the type of its input, whatever type its parameters have: half precision with
 * parameters, and so gradients and optimizer, in float32.
 */
final class InputType {

  private InputType() {}

  /** A parameter in the type of an input; gradients flow back in its own. */
  static Tensor of(Tensor parameter, Tensor input) {
    var type = input.dtype();
    return parameter.dtype() == type ? parameter : parameter.to(type);
  }

  static Optional<Tensor> of(Optional<Tensor> parameter, Tensor input) {
    return parameter.map(own -> of(own, input));
  }
}
