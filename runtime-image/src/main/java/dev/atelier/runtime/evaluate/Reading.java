package dev.atelier.runtime.evaluate;

import dev.atelier.stage.NamedValue;
import java.util.Locale;
import java.util.Optional;

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
   * @param explanation definition and protocol
   * @param model name and digest of what the number depends on; numbers of different models are not
   *     comparable
   * @param interval where the number would lie with other pictures, if that was estimated
   */
  record Measured(
      String name, double value, String explanation, String model, Optional<Interval> interval)
      implements Reading {

    /** A number that depends on no model, without an interval. */
    public Measured(String name, double value, String explanation) {
      this(name, value, explanation, "", Optional.empty());
    }

    @Override
    public String text() {
      return String.format(Locale.ROOT, "%.4f", value);
    }

    /** This number minus another, such as the base model's, unless the two are not comparable. */
    public Difference minus(Measured other) {
      if (!name.equals(other.name)) {
        return new Difference.Refused(
            "%s and %s are different metrics".formatted(name, other.name));
      }
      if (!model.equals(other.model)) {
        return new Difference.Refused(
            "%s was measured with '%s' and with '%s'; measure both with one model"
                .formatted(name, model, other.model));
      }
      return new Difference.Of(value - other.value);
    }
  }

  /** Whether two numbers may be compared, and how far they lie apart. */
  sealed interface Difference {
    /** How much the first number is above the second. */
    record Of(double value) implements Difference {}

    /**
     * The numbers come from different models.
     *
     * @param reason with both names
     */
    record Refused(String reason) implements Difference {}
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
