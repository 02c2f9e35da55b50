package dev.atelier.runtime.evaluate;

import dev.atelier.stage.NamedValue;
import java.util.Locale;

/** What is known of a metric: a number, or why there is none. */
public sealed interface Reading {

  /** What status and report show where there is no number. */
  String NOT_MEASURED = "NotMeasured";

  /** Name of the metric, as in the API. */
  String name();

  /** The value as status shows it. */
  String text();

  /** How the number came about, or what to do to get one. */
  String explanation();

  /** Name and value for status and progress. */
  default NamedValue named() {
    return new NamedValue(name(), text());
  }

  /**
   * A number.
   *
   * @param explanation definition and protocol: numbers of other protocols are not comparable
   */
  record Measured(String name, double value, String explanation) implements Reading {
    @Override
    public String text() {
      return String.format(Locale.ROOT, "%.4f", value);
    }
  }

  /**
   * No number.
   *
   * @param explanation what is missing and where to configure it
   */
  record NotMeasured(String name, String explanation) implements Reading {
    @Override
    public String text() {
      return NOT_MEASURED;
    }
  }
}
