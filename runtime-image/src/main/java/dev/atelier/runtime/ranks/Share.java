package dev.atelier.runtime.ranks;

/**
 * A rank's share of every step. The passes of a step are dealt out in turn; where there are fewer
 * of them than ranks, several ranks take a pass together, each a part of its batch.
 *
 * @param passes ranks that passes are dealt out to; divides the passes of a step
 * @param parts ranks that share the batch of a pass; divides the batch
 */
public record Share(int rank, int passes, int parts) {

  /**
   * The share of a rank, of equal size for all.
   *
   * @throws IllegalArgumentException if the samples of a step cannot be shared equally
   */
  public static Share of(int rank, int ranks, int accumulation, int batch) {
    if (!fits(ranks, accumulation, batch)) {
      throw new IllegalArgumentException(
          "%d passes of %d samples cannot be shared equally by %d ranks"
              .formatted(accumulation, batch, ranks));
    }
    int passes = greatestCommonDivisor(accumulation, ranks);
    return new Share(rank, passes, ranks / passes);
  }

  /** Whether every rank can have as many samples of a step as any other. */
  public static boolean fits(int ranks, int accumulation, int batch) {
    return (long) accumulation * batch % ranks == 0;
  }

  /** Which of all passes of a step the rank's own n-th one is. */
  public int pass(int own) {
    return own * passes + rank % passes;
  }

  /** Which part of a pass's batch is the rank's. */
  public int part() {
    return rank / passes;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
