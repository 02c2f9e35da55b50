package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.Interval;
import dev.atelier.runtime.evaluate.Reading;
import dev.atelier.runtime.gallery.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reading of a stage's own pictures beside the same metric of others. A number that comes from
 * another model is not shown beside it: the report says why instead.
 *
 * @param baseline of the base model, empty where it drew nothing
 * @param photos of the photos among each other, empty where the metric has no such ceiling
 */
record ComparedReading(Reading own, Optional<Reading> baseline, Optional<Reading> photos) {

  /** The metric as the report shows it. */
  Report.Metric row() {
    if (!(own instanceof Reading.Measured measured)) {
      return Report.Metric.notMeasured(own.name(), own.explanation());
    }
    var refusals = new ArrayList<String>();
    var base = comparable(measured, baseline, "the base model's number", refusals);
    var ceiling = comparable(measured, photos, "the photos' number", refusals);
    return new Report.Metric(
        measured.name(),
        measured.value(),
        interval(Optional.of(measured)),
        measured.model().isEmpty() ? null : measured.model(),
        value(base),
        interval(base),
        base.map(beside -> measured.value() - beside.value()).orElse(null),
        value(ceiling),
        refusals.isEmpty() ? null : String.join("; ", refusals),
        measured.explanation());
  }

  private static Optional<Reading.Measured> comparable(
      Reading.Measured own, Optional<Reading> beside, String whose, List<String> refusals) {
    if (beside.isEmpty() || !(beside.get() instanceof Reading.Measured measured)) {
      return Optional.empty();
    }
    if (own.minus(measured) instanceof Reading.Difference.Refused refused) {
      refusals.add("%s is left out: %s".formatted(whose, refused.reason()));
      return Optional.empty();
    }
    return Optional.of(measured);
  }

  private static @Nullable Double value(Optional<Reading.Measured> reading) {
    return reading.map(Reading.Measured::value).orElse(null);
  }

  private static @Nullable Interval interval(Optional<Reading.Measured> reading) {
    return reading.flatMap(Reading.Measured::interval).orElse(null);
  }
}
