package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;

/** A table of vectors, {@code [entries, width]}. */
public final class Embedding implements Layer {
  private final String name;
  private final Tensor table;

  Embedding(String name, Tensor table) {
    this.name = name;
    this.table = table;
  }

  /** The rows of int64 ids {@code [..]}, as {@code [.., width]}. */
  public Tensor forward(Tensor ids) {
    return Ops.embedding(table, ids);
  }

  /** The whole table. */
  public Tensor table() {
    return table;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return Map.of(name + ".weight", table);
  }
}
