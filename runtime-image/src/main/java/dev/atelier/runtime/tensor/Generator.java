package dev.atelier.runtime.tensor;

/**
 * A seeded source of random numbers, bit-equal to {@code torch.Generator("cpu").manual_seed(seed)}.
 *
 * <p>As in torch, the draw of a shape below 16 elements consumes numbers in another order than a
 * larger one, so only equal sequences of shapes give equal numbers.
 */
public final class Generator implements AutoCloseable {
  private final Torch torch;
  private final long handle;
  private boolean closed;

  Generator(Torch torch, long seed) {
    this.torch = torch;
    this.handle = torch.script().value("generator", seed);
  }

  /** Standard normal numbers, float32. */
  public Tensor randn(long... shape) {
    return torch.here(torch.wrap(torch.script().one("randn", shape, this)));
  }

  /** Uniform numbers in [0, 1), float32. */
  public Tensor rand(long... shape) {
    return torch.here(torch.wrap(torch.script().one("rand", shape, this)));
  }

  /** Uniform integers in [0, high), int64. */
  public Tensor randint(long high, long... shape) {
    return torch.here(torch.wrap(torch.script().one("randint", high, shape, this)));
  }

  long handle() {
    if (closed) {
      throw new IllegalStateException("The generator is closed.");
    }
    return handle;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      NativeCalls.free(handle);
    }
  }
}
