package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;

/**
 * A bare tensor of a model.
 *
 * @param name its full name in the weight file
 * @param value the values
 */
public record Parameter(String name, Tensor value) implements Layer {
  @Override
  public Map<String, Tensor> parameters() {
    return Map.of(name, value);
  }
}
