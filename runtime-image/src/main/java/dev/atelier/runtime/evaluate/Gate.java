package dev.atelier.runtime.evaluate;

import dev.atelier.stage.GateInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares metrics with bounds. What was not measured is not passed: a gate never guesses. */
public final class Gate {

  private Gate() {}

  /** The decision on the metrics that were read. */
  public static GateDecision decide(List<GateInput> bounds, List<Reading> readings) {
    if (bounds.isEmpty()) {
      return new GateDecision.None();
    }
    var findings = new ArrayList<String>();
    for (var bound : bounds) {
      finding(bound, readings).ifPresent(findings::add);
    }
    return findings.isEmpty()
        ? new GateDecision.Passed()
        : new GateDecision.Failed(List.copyOf(findings));
  }

  private static Optional<String> finding(GateInput bound, List<Reading> readings) {
    var found = readings.stream().filter(r -> r.name().equals(bound.metric())).findFirst();
    if (found.isEmpty()) {
      return Optional.of(bound.metric() + " is not a metric of this stage");
    }
    if (found.get() instanceof Reading.Measured measured) {
      return compared(bound, measured);
    }
    return Optional.of(
        "%s was not measured: %s".formatted(bound.metric(), found.get().explanation()));
  }

  private static Optional<String> compared(GateInput bound, Reading.Measured reading) {
    var min = bound.min();
    var max = bound.max();
    if (!Double.isFinite(reading.value())) {
      return Optional.of(reading.name() + " is not a number");
    }
    if (min != null && reading.value() < min) {
      return Optional.of(
          "%s is %s, at least %s is needed".formatted(reading.name(), reading.text(), min));
    }
    if (max != null && reading.value() > max) {
      return Optional.of(
          "%s is %s, at most %s is allowed".formatted(reading.name(), reading.text(), max));
    }
    return Optional.empty();
  }
}
