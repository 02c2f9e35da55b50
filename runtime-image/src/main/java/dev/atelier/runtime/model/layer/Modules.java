package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.NearestName;
import dev.atelier.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of a model by name: for adapters, for training all parameters, and for closing. */
public final class Modules implements AutoCloseable {
  private final Map<String, Layer> layers = new LinkedHashMap<>();

  <L extends Layer> L register(L layer) {
    layers.put(layer.name(), layer);
    return layer;
  }

  /** Every layer that takes adapters, in the order of construction. */
  public List<Adaptable> adaptable() {
    return layers.values().stream()
        .filter(Adaptable.class::isInstance)
        .map(Adaptable.class::cast)
        .toList();
  }

  /**
   * The layer of that name that takes adapters.
   *
   * @throws IllegalArgumentException if there is none, with the nearest name
   */
  public Adaptable adaptable(String name) {
    if (layers.get(name) instanceof Adaptable adaptable) {
      return adaptable;
    }
    var names = adaptable().stream().map(Layer::name).toList();
    throw new IllegalArgumentException(
        "The model has no linear or convolution layer %s; the nearest is %s."
            .formatted(name, NearestName.of(name, names).orElse("none")));
  }

  /** Every parameter by its name in the weight file, adapters not included. */
  public Map<String, Tensor> parameters() {
    var parameters = new LinkedHashMap<String, Tensor>();
    layers.values().forEach(layer -> parameters.putAll(layer.parameters()));
    return parameters;
  }

  @Override
  public void close() {
    parameters().values().forEach(Tensor::close);
  }
}
