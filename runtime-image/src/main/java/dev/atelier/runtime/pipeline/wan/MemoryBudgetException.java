package dev.atelier.runtime.pipeline.wan;

/** A request that no way of working fits into the memory there is. */
public final class MemoryBudgetException extends RuntimeException {
  private static final double GIB = 1L << 30;

  MemoryBudgetException(MemoryPlan plan, long budget) {
    super(
        "the clip needs %.2f GiB at its peak and there are %.2f GiB: %s. Ask for fewer frames, a smaller size or fewer clips at once, or give the pod more memory"
            .formatted(plan.peak() / GIB, budget / GIB, plan.largest()));
  }
}
