package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.List;

/**
 * Cuts windows out of a picture the way the MTCNN networks were trained: values (x - 127.5) / 128,
 * x and y swapped, zeros before scaling (black) outside the picture.
 */
final class Patches {
  private Patches() {}

  /** A whole picture, {@code [1, width, height, 3]}. */
  static Tensor whole(RgbImage picture) {
    var values = new float[picture.width() * picture.height() * 3];
    put(picture, values, 0);
    return new Tensor(values, 1, picture.width(), picture.height(), 3);
  }

  /** Windows resized to squares, {@code [windows, side, side, 3]}. */
  static Tensor of(RgbImage picture, List<Candidate> windows, int side) {
    int size = side * side * 3;
    var values = new float[windows.size() * size];
    for (int i = 0; i < windows.size(); i++) {
      put(square(picture, windows.get(i).region(), side), values, i * size);
    }
    return new Tensor(values, windows.size(), side, side, 3);
  }

  private static void put(RgbImage picture, float[] values, int at) {
    for (int x = 0; x < picture.width(); x++) {
      for (int y = 0; y < picture.height(); y++) {
        for (int c = 0; c < 3; c++) {
          values[at++] = (picture.at(x, y, c) - 127.5f) / 128;
        }
      }
    }
  }

  private static RgbImage square(RgbImage picture, Region window, int side) {
    var inside = window.within(picture.width(), picture.height());
    int left = target(inside.left(), window.left(), window.width(), side);
    int right = target(inside.right(), window.left(), window.width(), side);
    int top = target(inside.top(), window.top(), window.height(), side);
    int bottom = target(inside.bottom(), window.top(), window.height(), side);
    var filter = window.width() >= side ? Filter.BOX : Filter.TRIANGLE;
    if (right <= left || bottom <= top) {
      return new RgbImage(side, side, new float[side * side * 3]);
    }
    var part = Resize.region(picture, inside, right - left, bottom - top, filter);
    if (part.width() == side && part.height() == side) {
      return part;
    }
    return pasted(part, left, top, side);
  }

  private static int target(double at, double from, double length, int side) {
    return (int) Math.max(0, Math.min(side, Math.round((at - from) * side / length)));
  }

  private static RgbImage pasted(RgbImage part, int left, int top, int side) {
    var values = new float[side * side * 3];
    for (int y = 0; y < part.height(); y++) {
      System.arraycopy(
          part.values(),
          y * part.width() * 3,
          values,
          ((top + y) * side + left) * 3,
          part.width() * 3);
    }
    return new RgbImage(side, side, values);
  }
}
