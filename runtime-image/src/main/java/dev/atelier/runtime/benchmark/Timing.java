package dev.atelier.runtime.benchmark;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The times of one kind of work.
 *
 * @param seconds one per round, sorted
 */
record Timing(String work, double[] seconds) {

  /** Does the work once to warm up, and then in rounds. */
  static Timing of(String work, int rounds, Runnable once) {
    once.run();
    var seconds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      once.run();
      seconds[round] = (System.nanoTime() - start) / 1e9;
    }
    return new Timing(work, DoubleStream.of(seconds).sorted().toArray());
  }

  double median() {
    int middle = seconds.length / 2;
    return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
  }

  /** Work, median, lowest and highest time in milliseconds. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-58s %10.1f ms  [%.1f - %.1f]",
        work,
        1000 * median(),
        1000 * seconds[0],
        1000 * seconds[seconds.length - 1]);
  }
}
