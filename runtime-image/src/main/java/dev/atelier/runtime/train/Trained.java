package dev.atelier.runtime.train;

import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Marks whole networks as trained. */
public final class Trained {

  private Trained() {}

  /** Every parameter of a network, marked as trained, under its name with a prefix. */
  public static SortedMap<String, Tensor> all(String prefix, Modules modules) {
    return all(prefix, modules.parameters());
  }

  /** Parameters, marked as trained, under their names with a prefix. */
  public static SortedMap<String, Tensor> all(String prefix, Map<String, Tensor> parameters) {
    var trained = new TreeMap<String, Tensor>();
    parameters.forEach((name, value) -> trained.put(prefix + name, value.requireGradient(true)));
    return trained;
  }
}
