package dev.atelier.runtime.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast recent steps were; the first ones are slow and would spoil a mean over all. */
final class Pace {

  private static final int WINDOW = 20;

  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(int step, Instant at) {}

  void begin(int step, Instant now) {
    marks.clear();
    marks.add(new Mark(step, now));
  }

  void step(int step, Instant now) {
    marks.add(new Mark(step, now));
    if (marks.size() > WINDOW) {
      marks.removeFirst();
    }
  }

  /** Mean seconds of the recent steps, or empty before the first one. */
  OptionalDouble secondsPerStep() {
    if (marks.size() < 2) {
      return OptionalDouble.empty();
    }
    int steps = marks.getLast().step() - marks.getFirst().step();
    if (steps <= 0) {
      return OptionalDouble.empty();
    }
    var took = Duration.between(marks.getFirst().at(), marks.getLast().at());
    return OptionalDouble.of(took.toNanos() / 1e9 / steps);
  }
}
