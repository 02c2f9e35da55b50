package dev.atelier.runtime.schedule;

/** A few linear equations, solved by elimination with pivoting. */
final class LinearSystem {
  private LinearSystem() {}

  /** The unknowns of {@code matrix * unknowns = right}; both arguments are used up. */
  static double[] solve(double[][] matrix, double[] right) {
    int count = right.length;
    for (int column = 0; column < count; column++) {
      swap(matrix, right, column, pivot(matrix, column));
      for (int row = column + 1; row < count; row++) {
        double factor = matrix[row][column] / matrix[column][column];
        for (int i = column; i < count; i++) {
          matrix[row][i] -= factor * matrix[column][i];
        }
        right[row] -= factor * right[column];
      }
    }
    double[] unknowns = new double[count];
    for (int row = count - 1; row >= 0; row--) {
      double rest = right[row];
      for (int i = row + 1; i < count; i++) {
        rest -= matrix[row][i] * unknowns[i];
      }
      unknowns[row] = rest / matrix[row][row];
    }
    return unknowns;
  }

  private static int pivot(double[][] matrix, int column) {
    int best = column;
    for (int row = column + 1; row < matrix.length; row++) {
      if (Math.abs(matrix[row][column]) > Math.abs(matrix[best][column])) {
        best = row;
      }
    }
    return best;
  }

  private static void swap(double[][] matrix, double[] right, int a, int b) {
    double[] row = matrix[a];
    matrix[a] = matrix[b];
    matrix[b] = row;
    double value = right[a];
    right[a] = right[b];
    right[b] = value;
  }
}
