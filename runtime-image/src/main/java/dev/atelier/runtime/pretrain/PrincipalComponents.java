package dev.atelier.runtime.pretrain;

import java.util.Random;

/**
 * The directions along which vectors vary most, by orthogonal iteration (Golub and Van Loan,
 * section 8.2): the covariance is applied again and again to a few directions that are kept apart.
 *
 * @param mean {@code [size]}
 * @param directions orthonormal, {@code [components][size]}
 */
record PrincipalComponents(double[] mean, double[][] directions) {

  private static final int ITERATIONS = 60;

  /**
   * The first components.
   *
   * @param vectors {@code [count][size]}
   */
  static PrincipalComponents of(float[][] vectors, int components) {
    int size = vectors[0].length;
    var mean = mean(vectors);
    var covariance = covariance(vectors, mean);
    var directions = new double[components][size];
    var random = new Random(1);
    for (double[] direction : directions) {
      for (int i = 0; i < size; i++) {
        direction[i] = random.nextGaussian();
      }
    }
    for (int i = 0; i < ITERATIONS; i++) {
      for (int k = 0; k < components; k++) {
        directions[k] = applied(covariance, directions[k]);
      }
      keepApart(directions);
    }
    return new PrincipalComponents(mean, directions);
  }

  private static double[] mean(float[][] vectors) {
    var mean = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / (double) vectors.length;
      }
    }
    return mean;
  }

  private static double[][] covariance(float[][] vectors, double[] mean) {
    int size = mean.length;
    var covariance = new double[size][size];
    var centred = new double[size];
    for (float[] vector : vectors) {
      for (int i = 0; i < size; i++) {
        centred[i] = vector[i] - mean[i];
      }
      for (int i = 0; i < size; i++) {
        double[] row = covariance[i];
        double share = centred[i] / vectors.length;
        for (int j = 0; j < size; j++) {
          row[j] += share * centred[j];
        }
      }
    }
    return covariance;
  }

  private static double[] applied(double[][] matrix, double[] vector) {
    var result = new double[vector.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = dot(matrix[i], vector);
    }
    return result;
  }

  /** Gram and Schmidt's. */
  private static void keepApart(double[][] directions) {
    for (int k = 0; k < directions.length; k++) {
      double[] own = directions[k];
      for (int before = 0; before < k; before++) {
        double share = dot(own, directions[before]);
        for (int i = 0; i < own.length; i++) {
          own[i] -= share * directions[before][i];
        }
      }
      double length = Math.sqrt(dot(own, own));
      for (int i = 0; i < own.length; i++) {
        own[i] /= length;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
