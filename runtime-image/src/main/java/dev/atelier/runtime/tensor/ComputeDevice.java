package dev.atelier.runtime.tensor;

/**
 * What computes: the processor, or the first GPU.
 *
 * @param gpu whether on the GPU
 * @param threads per operation that the processor does
 */
public record ComputeDevice(boolean gpu, int threads) {

  /** The processor, one thread per core. */
  public static ComputeDevice processor() {
    return new ComputeDevice(false, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Starts the engine there.
   *
   * @throws IllegalStateException if a GPU is asked for and libtorch sees none
   */
  public Torch start() {
    return gpu ? Torch.startOnGpu(threads) : Torch.start(threads);
  }

  /** For a line of a log. */
  @Override
  public String toString() {
    return gpu ? "GPU 0" : threads + " threads";
  }
}
