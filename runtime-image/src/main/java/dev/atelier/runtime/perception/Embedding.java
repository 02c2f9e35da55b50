package dev.atelier.runtime.perception;

import java.util.Arrays;
import java.util.List;

/**
 * A point in a face embedding's space. Compare with {@link #distance}; the vectors are not of unit
 * length.
 */
public final class Embedding {
  private final float[] values;

  public Embedding(float[] values) {
    this.values = values.clone();
  }

  /** Number of dimensions. */
  public int size() {
    return values.length;
  }

  public float at(int dimension) {
    return values[dimension];
  }

  /** Euclidean distance. */
  public double distance(Embedding other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - other.values[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /**
   * The median of each dimension: unlike the mean, one stranger among the faces hardly moves it.
   */
  public static Embedding median(List<Embedding> embeddings) {
    if (embeddings.isEmpty()) {
      throw new IllegalArgumentException("the median of no embeddings does not exist");
    }
    var median = new float[embeddings.get(0).size()];
    for (int i = 0; i < median.length; i++) {
      int dimension = i;
      var sorted = embeddings.stream().mapToDouble(e -> e.values[dimension]).sorted().toArray();
      int middle = sorted.length / 2;
      median[i] =
          (float)
              (sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
    return new Embedding(median);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
