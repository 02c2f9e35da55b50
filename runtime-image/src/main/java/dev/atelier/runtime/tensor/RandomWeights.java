package dev.atelier.runtime.tensor;

/**
 * Small random parameters of any name and shape: for benchmarks and for models made from nothing.
 */
public final class RandomWeights implements Weights {
  private static final double SCALE = 0.02;

  private final Torch torch;
  private final Generator generator;
  private long parameters;

  public RandomWeights(Torch torch, long seed) {
    this.torch = torch;
    this.generator = torch.generator(seed);
  }

  @Override
  public Torch torch() {
    return torch;
  }

  @Override
  public boolean has(String name) {
    return false;
  }

  @Override
  public Tensor take(String name, long... shape) {
    try (Scope scope = Scope.open()) {
      Tensor tensor = Scope.release(generator.randn(shape).mul(SCALE));
      parameters += tensor.count();
      return tensor;
    }
  }

  @Override
  public void ignore(String name) {}

  @Override
  public void finish() {
    generator.close();
  }

  /** The number of values taken so far. */
  public long parameters() {
    return parameters;
  }
}
