package dev.atelier.runtime.train;

import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Tensor;
import java.util.SortedMap;
import java.util.TreeMap;

/** Marks whole networks as trained. */
public final class Trained {

  private Trained() {}

  /** Every parameter of a network, marked as trained, under its name with a prefix. */
  public static SortedMap<String, Tensor> all(String prefix, Modules modules) {
    var parameters = new TreeMap<String, Tensor>();
    modules
        .parameters()
        .forEach((name, value) -> parameters.put(prefix + name, value.requireGradient(true)));
    return parameters;
  }
}
