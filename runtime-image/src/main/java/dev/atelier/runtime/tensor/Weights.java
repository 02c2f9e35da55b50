package dev.atelier.runtime.tensor;

/**
 * Where a model takes its parameters from, by name and shape. What it takes lives until it is
 * closed.
 */
public interface Weights {
  /** The engine that holds the parameters. */
  Torch torch();

  /** Whether there is a parameter of that name; for optional parts of a model. */
  boolean has(String name);

  /**
   * The parameter in the type that the model is held in.
   *
   * @throws WeightsException if it is missing or has another shape
   */
  Tensor take(String name, long... shape);

  /**
   * The parameter in float32, for what a model always computes so.
   *
   * @throws WeightsException if it is missing or has another shape
   */
  default Tensor takeExact(String name, long... shape) {
    return take(name, shape);
  }

  /**
   * A table of which only the rows that are asked for come into memory, where the source allows it.
   *
   * @throws WeightsException if it is missing or has another shape
   */
  default Rows rows(String name, long entries, long width) {
    Tensor table = take(name, entries, width);
    return ids -> Ops.embedding(table, ids);
  }

  /** Accepts a stored tensor that the model has no use for. */
  void ignore(String name);

  /**
   * Ends the load.
   *
   * @throws WeightsException if the source holds parameters that nobody took
   */
  void finish();
}
