package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** The squares of a picture as an AutoencoderKLWan folds them: channel, then column, then row. */
final class FilmSquares {

  private static final float HALF_RANGE = 127.5f;

  private FilmSquares() {}

  /** Every square, its values in [-1, 1]. */
  static List<float[]> of(RgbImage picture, int edge) {
    var squares = new ArrayList<float[]>();
    for (int top = 0; top < picture.height(); top += edge) {
      for (int left = 0; left < picture.width(); left += edge) {
        var values = new float[3 * edge * edge];
        for (int i = 0; i < values.length; i++) {
          int x = left + i / edge % edge;
          int y = top + i % edge;
          values[i] = picture.at(x, y, i / (edge * edge)) / HALF_RANGE - 1;
        }
        squares.add(values);
      }
    }
    return squares;
  }
}
