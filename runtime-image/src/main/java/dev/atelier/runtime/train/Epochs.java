package dev.atelier.runtime.train;

import java.util.Random;
import java.util.stream.IntStream;

/** An endless sequence of examples: each epoch visits every one once, in an order of its own. */
final class Epochs {
  private Epochs() {}

  /** The example at a place of the sequence. */
  static int at(long position, int examples, long seed) {
    return order(seed, position / examples, examples)[(int) (position % examples)];
  }

  /** The examples of an epoch in its order. */
  static int[] order(long seed, long epoch, int examples) {
    var random = new Random(SubjectBatches.mix(seed, epoch));
    var order = IntStream.range(0, examples).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
