package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;

/**
 * Rotary positions in time, height and width (Su et al. 2021): each axis turns its own share of a
 * head's pairs. Angles are in double precision, as in the reference.
 */
final class RotaryPositions {
  private static final double THETA = 10_000;

  private final int headWidth;
  private final int longest;

  RotaryPositions(WanConfig config) {
    headWidth = config.headWidth();
    longest = config.longest();
  }

  /** Cosine and sine of every token's angles, {@code [tokens, head width / 2, 2]}. */
  Tensor turns(Torch torch, Grid grid) {
    if (Math.max(grid.frames(), Math.max(grid.height(), grid.width())) > longest) {
      throw new IllegalArgumentException(
          "A clip of %s tokens is beyond the %d positions that the model has per axis."
              .formatted(grid, longest));
    }
    int spatial = headWidth / 6; // pairs of height, and of width
    int temporal = headWidth / 2 - 2 * spatial;
    float[][] times = axis(grid.frames(), temporal);
    float[][] rows = axis(grid.height(), spatial);
    float[][] columns = axis(grid.width(), spatial);
    var turns = new float[grid.tokens() * headWidth];
    int at = 0;
    for (float[] time : times) {
      for (float[] row : rows) {
        for (float[] column : columns) {
          at = put(time, turns, at);
          at = put(row, turns, at);
          at = put(column, turns, at);
        }
      }
    }
    return torch.tensor(turns, grid.tokens(), headWidth / 2, 2);
  }

  private static int put(float[] part, float[] turns, int at) {
    System.arraycopy(part, 0, turns, at, part.length);
    return at + part.length;
  }

  /** Cosine, sine, cosine, sine... of every position on an axis. */
  private static float[][] axis(int positions, int pairs) {
    var axis = new float[positions][2 * pairs];
    for (int position = 0; position < positions; position++) {
      for (int pair = 0; pair < pairs; pair++) {
        double angle = position / Math.pow(THETA, (double) pair / pairs);
        axis[position][2 * pair] = (float) Math.cos(angle);
        axis[position][2 * pair + 1] = (float) Math.sin(angle);
      }
    }
    return axis;
  }
}
