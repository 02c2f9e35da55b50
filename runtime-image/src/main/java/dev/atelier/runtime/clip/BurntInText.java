package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Luma;
import java.util.List;

/**
 * How much of the picture is covered by letters that stay where they are. A rule of thumb without a
 * model: in a cell of 16 x 8 pixels letters are strokes of two tones that alternate several times
 * from left to right in most rows, and such cells stand in lines.
 */
final class BurntInText {

  private static final int WIDTH = 16;
  private static final int HEIGHT = 8;
  private static final float EDGE = 36;
  private static final float RANGE = 90;

  /** Share of a cell's pixels in the darker and the brighter third of its range. */
  private static final double TWO_TONES = 0.7;

  private static final int STROKES = 3;
  private static final int ROWS = 4;
  private static final int LINE = 3;

  /** Share of the frames in which a cell shows letters. */
  private static final double STAYS = 0.6;

  private BurntInText() {}

  /** Share of the picture, 0 to 1. */
  static double share(List<Luma> frames) {
    int columns = frames.get(0).width() / WIDTH;
    int rows = frames.get(0).height() / HEIGHT;
    if (columns == 0 || rows == 0) {
      return 0;
    }
    int covered = 0;
    for (int row = 0; row < rows; row++) {
      int run = 0;
      for (int column = 0; column <= columns; column++) {
        if (column < columns && stays(frames, column, row)) {
          run++;
        } else {
          covered += run >= LINE ? run : 0;
          run = 0;
        }
      }
    }
    return (double) covered / (columns * rows);
  }

  private static boolean stays(List<Luma> frames, int column, int row) {
    long letters =
        frames.stream().filter(frame -> letters(frame, column * WIDTH, row * HEIGHT)).count();
    return letters >= STAYS * frames.size();
  }

  private static boolean letters(Luma frame, int left, int top) {
    int strokedRows = 0;
    for (int y = top; y < top + HEIGHT; y++) {
      strokedRows += alternations(frame, left, y) >= STROKES ? 1 : 0;
    }
    return strokedRows >= ROWS && twoTones(frame, left, top);
  }

  /** How often strong edges up and down follow one another. */
  private static int alternations(Luma frame, int left, int y) {
    int last = 0;
    int count = 0;
    for (int x = left; x + 2 < left + WIDTH; x++) {
      // Over two pixels: a stroke of one pixel has soft edges after scaling.
      float step = frame.at(x + 2, y) - frame.at(x, y);
      int sign = step > EDGE ? 1 : step < -EDGE ? -1 : 0;
      if (sign != 0 && sign != last) {
        count++;
        last = sign;
      }
    }
    return count;
  }

  private static boolean twoTones(Luma frame, int left, int top) {
    float darkest = Float.MAX_VALUE;
    float brightest = 0;
    for (int y = top; y < top + HEIGHT; y++) {
      for (int x = left; x < left + WIDTH; x++) {
        darkest = Math.min(darkest, frame.at(x, y));
        brightest = Math.max(brightest, frame.at(x, y));
      }
    }
    float range = brightest - darkest;
    if (range < RANGE) {
      return false;
    }
    int tones = 0;
    for (int y = top; y < top + HEIGHT; y++) {
      for (int x = left; x < left + WIDTH; x++) {
        float share = (frame.at(x, y) - darkest) / range;
        tones += share < 1 / 3f || share > 2 / 3f ? 1 : 0;
      }
    }
    return tones >= TWO_TONES * WIDTH * HEIGHT;
  }
}
