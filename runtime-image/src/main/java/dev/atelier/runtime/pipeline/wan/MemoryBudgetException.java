package dev.atelier.runtime.pipeline.wan;

/** A request that no way of working fits into the memory there is. */
public final class MemoryBudgetException extends RuntimeException {
  private static final double GIB = 1L << 30;

  /**
   * @param work that was asked for
   * @param peak bytes that it needs
   * @param largest the part that needs most
   * @param budget bytes that there are
   */
  MemoryBudgetException(String work, long peak, MemoryNeed largest, long budget) {
    super(
        "%s needs %.2f GiB at its peak and there are %.2f GiB: %s. Ask for fewer frames, a smaller size or fewer clips at once, or give the pod more memory"
            .formatted(work, peak / GIB, budget / GIB, largest));
  }
}
