package dev.atelier.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The registry, addressed by {@link OperatorMetric} with one value for each of its labels. */
final class Meters {

  private static final Duration[] LONG =
      Stream.of(1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 43200, 86400)
          .map(Duration::ofSeconds)
          .toArray(Duration[]::new);
  private static final Duration[] SHORT =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(OperatorMetric metric, double amount, String... values) {
    Counter.builder(metric.description().meter())
        .description(metric.description().meaning())
        .tags(tags(metric, values))
        .register(registry)
        .increment(amount);
  }

  void record(OperatorMetric metric, Duration duration, String... values) {
    Timer.builder(metric.description().meter())
        .description(metric.description().meaning())
        .tags(tags(metric, values))
        .serviceLevelObjectives(metric == OperatorMetric.API_CALLS ? SHORT : LONG)
        .register(registry)
        .record(duration.isNegative() ? Duration.ZERO : duration);
  }

  private static List<Tag> tags(OperatorMetric metric, String... values) {
    var labels = metric.description().labels();
    if (labels.size() != values.length) {
      throw new IllegalArgumentException(
          "%s has labels %s, not %d values".formatted(metric, labels, values.length));
    }
    return IntStream.range(0, values.length)
        .mapToObj(i -> Tag.of(labels.get(i), values[i]))
        .toList();
  }
}
