package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;

/**
 * Rotary positions in time, height and width (Su et al. 2021): each axis turns its own share of a
 * head's pairs. Angles are in double precision, as in the reference.
 *
 * <p>The rates are laid out by sixths of a head and the axes by thirds, as in diffusers. The two
 * agree for the widths of published models; where a third is odd (16, 64), some numbers have the
 * rate of one axis and the position of another.
 */
final class RotaryPositions {
  private static final double THETA = 10_000;

  private final int headWidth;
  private final int longest;

  RotaryPositions(WanConfig config) {
    this(config.headWidth(), config.longest());
  }

  /**
   * @param longest positions per axis
   */
  RotaryPositions(int headWidth, int longest) {
    this.headWidth = headWidth;
    this.longest = longest;
  }

  /** Cosine and sine of every token's angles, {@code [tokens, head width / 2, 2]}. */
  Tensor turns(Torch torch, Grid grid) {
    if (Math.max(grid.frames(), Math.max(grid.height(), grid.width())) > longest) {
      throw new IllegalArgumentException(
          "A clip of %s tokens is beyond the %d positions that the model has per axis."
              .formatted(grid, longest));
    }
    float[][] times = angles(grid.frames());
    float[][] rows = angles(grid.height());
    float[][] columns = angles(grid.width());
    int third = headWidth / 3;
    int first = headWidth - 2 * third;
    var turns = new float[grid.tokens() * headWidth];
    int at = 0;
    for (float[] time : times) {
      for (float[] row : rows) {
        for (float[] column : columns) {
          System.arraycopy(time, 0, turns, at, first);
          System.arraycopy(row, first, turns, at + first, third);
          System.arraycopy(column, first + third, turns, at + first + third, third);
          at += headWidth;
        }
      }
    }
    return torch.tensor(turns, grid.tokens(), headWidth / 2, 2);
  }

  /** Cosine, sine, cosine, sine... of every position, at the rates of all pairs of a head. */
  private float[][] angles(int positions) {
    int spatial = headWidth / 6; // pairs of height, and of width
    int temporal = headWidth / 2 - 2 * spatial;
    var angles = new float[positions][headWidth];
    for (int pair = 0; pair < headWidth / 2; pair++) {
      boolean ofTime = pair < temporal;
      double place =
          ofTime ? (double) pair / temporal : (double) ((pair - temporal) % spatial) / spatial;
      double rate = Math.pow(THETA, place);
      for (int position = 0; position < positions; position++) {
        angles[position][2 * pair] = (float) Math.cos(position / rate);
        angles[position][2 * pair + 1] = (float) Math.sin(position / rate);
      }
    }
    return angles;
  }
}
