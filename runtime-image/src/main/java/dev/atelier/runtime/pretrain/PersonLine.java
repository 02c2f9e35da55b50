package dev.atelier.runtime.pretrain;

import java.util.List;

/**
 * Where one person ends and others begin, for the reader: a distance from the middle of what it
 * reads of the person's own photos.
 *
 * @param middle mean of the photos
 * @param line Euclidean distance up to which a picture shows this person
 */
record PersonLine(float[] middle, double line) {

  /** Share of other people's pictures that would pass. */
  private static final double PASSING = 0.01;

  /**
   * The line that one in a hundred of other people's pictures would pass.
   *
   * @param photos what the reader gives for each photo of the person, at least one
   * @param others the same for pictures of other people
   */
  static PersonLine of(List<float[]> photos, List<float[]> others) {
    var middle = mean(photos);
    var distances =
        others.stream().mapToDouble(other -> distance(middle, other)).sorted().toArray();
    return new PersonLine(middle, distances[(int) (PASSING * distances.length)]);
  }

  double distance(float[] person) {
    return distance(middle, person);
  }

  boolean shows(float[] person) {
    return distance(person) < line;
  }

  private static float[] mean(List<float[]> all) {
    var mean = new float[all.get(0).length];
    for (var each : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += each[i] / all.size();
      }
    }
    return mean;
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
