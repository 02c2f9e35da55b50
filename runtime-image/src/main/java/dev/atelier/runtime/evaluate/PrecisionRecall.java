package dev.atelier.runtime.evaluate;

import java.util.Arrays;

/**
 * Fidelity and variety apart.
 *
 * @param precision share of pictures that lie within the real ones' manifold (Kynkaanniemi et al.
 *     2019)
 * @param recall share of real ones that lie within the pictures' manifold
 * @param density how many real neighbourhoods a picture lies in, over k; may exceed 1 (Naeem et al.
 *     2020)
 * @param coverage share of real ones with a picture in their neighbourhood
 */
public record PrecisionRecall(double precision, double recall, double density, double coverage) {
  /** Neighbours of precision and recall, as in the paper. */
  public static final int NEIGHBOURS = 3;

  /** Neighbours of density and coverage, as in the paper's code. */
  public static final int DENSITY_NEIGHBOURS = 5;

  /** Of the features of real pictures and of made ones; both need more rows than neighbours. */
  public static PrecisionRecall of(Features real, Features made) {
    real.requireSameSpace(made);
    double[] realRadii = radii(real, NEIGHBOURS);
    double[] madeRadii = radii(made, NEIGHBOURS);
    double[] wide = radii(real, DENSITY_NEIGHBOURS);
    int precise = 0;
    long within = 0;
    var recalled = new boolean[real.count()];
    var covered = new boolean[real.count()];
    for (int j = 0; j < made.count(); j++) {
      boolean inside = false;
      for (int i = 0; i < real.count(); i++) {
        double distance = Math.sqrt(real.squaredDistance(i, made, j));
        inside |= distance <= realRadii[i];
        recalled[i] |= distance <= madeRadii[j];
        if (distance < wide[i]) {
          within++;
          covered[i] = true;
        }
      }
      precise += inside ? 1 : 0;
    }
    return new PrecisionRecall(
        (double) precise / made.count(),
        share(recalled),
        (double) within / DENSITY_NEIGHBOURS / made.count(),
        share(covered));
  }

  /** Distance of each row to its k-th nearest neighbour, itself not counted. */
  public static double[] radii(Features features, int neighbours) {
    if (features.count() <= neighbours) {
      throw new IllegalArgumentException(
          "%d neighbours need more than %d pictures".formatted(neighbours, features.count()));
    }
    var radii = new double[features.count()];
    for (int i = 0; i < radii.length; i++) {
      var distances = new double[features.count()];
      for (int j = 0; j < distances.length; j++) {
        distances[j] = features.squaredDistance(i, features, j);
      }
      Arrays.sort(distances);
      radii[i] = Math.sqrt(distances[neighbours]);
    }
    return radii;
  }

  private static double share(boolean... values) {
    int count = 0;
    for (boolean value : values) {
      count += value ? 1 : 0;
    }
    return (double) count / values.length;
  }
}
