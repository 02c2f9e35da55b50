package dev.atelier.runtime.parity;

import java.util.Locale;

/**
 * How a case ended.
 *
 * @param maxDifference the largest absolute difference over all outputs
 * @param reason empty for a pass
 */
record Verdict(Outcome outcome, double maxDifference, String reason) {
  enum Outcome {
    PASS,
    FAIL,
    SKIP
  }

  static Verdict skip(String reason) {
    return new Verdict(Outcome.SKIP, Double.NaN, reason);
  }

  static Verdict fail(String reason) {
    return new Verdict(Outcome.FAIL, Double.NaN, reason);
  }

  /** One line of the report: outcome, name, largest difference, tolerance, reason. */
  String line(ParityCase parityCase) {
    String difference = Double.isNaN(maxDifference) ? "-" : number(maxDifference);
    String tolerance = number(parityCase.atol()) + "+" + number(parityCase.rtol()) + "*|b|";
    return "%s %s %s %s %s"
        .formatted(outcome, parityCase.name(), difference, tolerance, reason)
        .stripTrailing();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
