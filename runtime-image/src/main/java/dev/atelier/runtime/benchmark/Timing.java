package dev.atelier.runtime.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The times of one kind of work.
 *
 * @param seconds one per round, sorted
 */
record Timing(String work, double[] seconds) {

  /** Does the work once to warm up, and then in rounds. */
  static Timing of(String work, int rounds, Runnable once) {
    return sideBySide(rounds, Map.of(work, once)).get(0);
  }

  /** Does several works in turn, so that all see the same machine; each once to warm up. */
  static List<Timing> sideBySide(int rounds, Map<String, Runnable> works) {
    works.values().forEach(Runnable::run);
    var names = List.copyOf(works.keySet());
    var once = List.copyOf(works.values());
    var seconds = new double[once.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int work = 0; work < once.size(); work++) {
        long start = System.nanoTime();
        once.get(work).run();
        seconds[work][round] = (System.nanoTime() - start) / 1e9;
      }
    }
    return IntStream.range(0, once.size())
        .mapToObj(
            work -> new Timing(names.get(work), DoubleStream.of(seconds[work]).sorted().toArray()))
        .toList();
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
