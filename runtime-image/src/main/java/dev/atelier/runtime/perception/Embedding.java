package dev.atelier.runtime.perception;

import java.util.Arrays;
import java.util.List;

/**
 * A point in the space of a face embedding, and the model it comes from. Compare with {@link
 * #distance}, which refuses those of different models; whether vectors are of length 1 depends on
 * the model.
 */
public final class Embedding {
  private final String model;
  private final float[] values;

  /**
   * @param model names the weights and what was done to the face before
   */
  public Embedding(String model, float[] values) {
    this.model = model;
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
    requireSameSpace(other);
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
    embeddings.forEach(embeddings.get(0)::requireSameSpace);
    var median = new float[embeddings.get(0).size()];
    for (int i = 0; i < median.length; i++) {
      int dimension = i;
      var sorted = embeddings.stream().mapToDouble(e -> e.values[dimension]).sorted().toArray();
      int middle = sorted.length / 2;
      median[i] =
          (float)
              (sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
    return new Embedding(embeddings.get(0).model, median);
  }

  private void requireSameSpace(Embedding other) {
    if (!model.equals(other.model) || values.length != other.values.length) {
      throw new IllegalArgumentException(
          "faces by '%s' (%d numbers) and by '%s' (%d numbers) cannot be compared; read both with one model"
              .formatted(model, values.length, other.model, other.values.length));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that
        && model.equals(that.model)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * model.hashCode() + Arrays.hashCode(values);
  }
}
