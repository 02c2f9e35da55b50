package dev.atelier.runtime.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * Feature vectors of a set of pictures or texts, {@code [count, width]}, and the model they come
 * from. Features of different models lie in different spaces: everything that compares two sets
 * refuses them.
 */
public final class Features {
  private final String model;
  private final int width;
  private final float[][] rows;

  private Features(String model, int width, float[][] rows) {
    this.model = model;
    this.width = width;
    this.rows = rows;
  }

  /**
   * Copies the rows.
   *
   * @param model names the weights and what was done to the pictures before
   * @param rows at least one, all of one length
   */
  public static Features of(String model, List<float[]> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a feature matrix needs at least one row");
    }
    int width = rows.get(0).length;
    if (rows.stream().anyMatch(row -> row.length != width)) {
      throw new IllegalArgumentException("the rows of a feature matrix need one length");
    }
    return new Features(model, width, rows.stream().map(float[]::clone).toArray(float[][]::new));
  }

  /** From row-major values. */
  public static Features of(String model, float[] values, int width) {
    var rows = new float[values.length / width][width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, i * width, rows[i], 0, width);
    }
    return new Features(model, width, rows);
  }

  /** The rows of all sets, in their order; all of one model. */
  public static Features all(List<Features> sets) {
    var first = sets.get(0);
    sets.forEach(first::requireSameSpace);
    return new Features(
        first.model,
        first.width,
        sets.stream().flatMap(set -> Arrays.stream(set.rows)).toArray(float[][]::new));
  }

  public String model() {
    return model;
  }

  public int count() {
    return rows.length;
  }

  public int width() {
    return width;
  }

  float at(int row, int column) {
    return rows[row][column];
  }

  /** The rows of the given places, in their order; a place may come twice. */
  public Features rows(int... places) {
    var chosen = new float[places.length][];
    for (int i = 0; i < places.length; i++) {
      chosen[i] = rows[places[i]];
    }
    return new Features(model, width, chosen);
  }

  /** Row-major values. */
  float[] values() {
    var values = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * width, width);
    }
    return values;
  }

  double dot(int row, Features other, int otherRow) {
    float[] a = rows[row];
    float[] b = other.rows[otherRow];
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  double norm(int row) {
    return Math.sqrt(dot(row, this, row));
  }

  double cosine(int row, Features other, int otherRow) {
    return dot(row, other, otherRow) / (norm(row) * other.norm(otherRow));
  }

  double squaredDistance(int row, Features other, int otherRow) {
    float[] a = rows[row];
    float[] b = other.rows[otherRow];
    double sum = 0;
    for (int i = 0; i < width; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Fails unless both come from one model. */
  void requireSameSpace(Features other) {
    if (!model.equals(other.model) || width != other.width) {
      throw new IllegalArgumentException(
          "features of '%s' (%d wide) and of '%s' (%d wide) cannot be compared; read both sets with one model"
              .formatted(model, width, other.model, other.width));
    }
  }
}
