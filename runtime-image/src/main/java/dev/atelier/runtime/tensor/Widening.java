package dev.atelier.runtime.tensor;

import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.stream.IntStream;

/** Turns bfloat16 into float32, whose upper half it is, on every processor at once. */
final class Widening {
  private static final int TOGETHER = 1 << 18;

  private Widening() {}

  /**
   * Widens all values.
   *
   * @param narrow bits of bfloat16
   * @param wide gets bits of float32, as many
   */
  static void widen(ShortBuffer narrow, IntBuffer wide) {
    int count = narrow.remaining();
    IntStream.rangeClosed(0, (count - 1) / TOGETHER)
        .parallel()
        .map(part -> part * TOGETHER)
        .forEach(at -> widen(narrow, wide, at, Math.min(TOGETHER, count - at)));
  }

  private static void widen(ShortBuffer narrow, IntBuffer wide, int at, int count) {
    var from = new short[count];
    var to = new int[count];
    narrow.get(at, from);
    for (int i = 0; i < count; i++) {
      to[i] = from[i] << 16;
    }
    wide.put(at, to);
  }
}
