package dev.atelier.runtime.evaluate;

import java.util.Locale;

/**
 * KID as a report gives it: of small sets over all pictures at once, of larger ones as
 * torch-fidelity does, over random subsets.
 *
 * @param subsets how many
 * @param size pictures in each; with fewer in either set all are taken at once
 */
record KernelReading(int subsets, int size) {

  /** As torch-fidelity has it. */
  static final KernelReading STANDARD = new KernelReading(100, 1000);

  private static final long SEED = 2020;

  /**
   * Reads.
   *
   * @param made at least two
   * @param real at least two, of the same model
   */
  Reading read(String name, Features made, Features real) {
    boolean small = Math.min(made.count(), real.count()) < size;
    return small ? whole(name, made, real) : overSubsets(name, made, real);
  }

  private Reading whole(String name, Features made, Features real) {
    return reading(
        name,
        KernelDistance.of(made, real),
        "all %d pictures and %d photos at once, so without torch-fidelity's deviation, which is that between subsets of %d"
            .formatted(made.count(), real.count(), size),
        made);
  }

  private Reading overSubsets(String name, Features made, Features real) {
    var distance = KernelDistance.overSubsets(made, real, subsets, size, SEED);
    return reading(
        name,
        distance.mean(),
        String.format(
            Locale.ROOT,
            "mean of %d subsets of %d; the deviation between them is %.3g, as torch-fidelity reports it: how far one such subset lies off, no error of the mean and no interval",
            subsets,
            size,
            distance.deviation()),
        made);
  }

  private static Reading reading(String name, double value, String how, Features made) {
    return Readings.ofSets(
        name,
        value,
        "unbiased kernel distance of %d pooled features (KID), %s".formatted(made.width(), how),
        made.model());
  }
}
