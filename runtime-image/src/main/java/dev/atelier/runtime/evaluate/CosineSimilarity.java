package dev.atelier.runtime.evaluate;

import java.util.Arrays;

/** Similarities of embeddings by the cosine of their angle. */
public final class CosineSimilarity {
  private CosineSimilarity() {}

  /** Of each row with the row of the same place: a picture and its prompt. */
  public static double[] perPair(Features a, Features b) {
    a.requireSameSpace(b);
    if (a.count() != b.count()) {
      throw new IllegalArgumentException(
          "pairs need as many rows on both sides, not %d and %d".formatted(a.count(), b.count()));
    }
    var cosines = new double[a.count()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = a.cosine(i, b, i);
    }
    return cosines;
  }

  /** CLIP score as torchmetrics defines it: 100 times the mean cosine, at least 0. */
  public static double clipScore(double... cosines) {
    return Math.max(0, 100 * Arrays.stream(cosines).average().orElseThrow());
  }

  /** CLIPScore of Hessel et al. 2021: 2.5 times the mean of the cosines that count from 0. */
  public static double hesselScore(double... cosines) {
    return Arrays.stream(cosines).map(c -> 2.5 * Math.max(0, c)).average().orElseThrow();
  }

  /** Every row of {@code a} with every row of {@code b}, row-major. */
  public static double[] matrix(Features a, Features b) {
    a.requireSameSpace(b);
    var cosines = new double[a.count() * b.count()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = a.cosine(i / b.count(), b, i % b.count());
    }
    return cosines;
  }

  /**
   * Of each row of {@code a} its mean cosine with all rows of {@code b}: CLIP-I and DINO as
   * DreamBooth (Ruiz et al. 2023) defines them, before the mean over the pictures.
   */
  public static double[] toAll(Features a, Features b) {
    a.requireSameSpace(b);
    var means = new double[a.count()];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < b.count(); j++) {
        means[i] += a.cosine(i, b, j) / b.count();
      }
    }
    return means;
  }
}
