package dev.atelier.runtime.serve;

import dev.atelier.stage.ServeMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Counts requests. */
final class ServeMeters {

  private static final Duration[] BUCKETS =
      IntStream.of(1, 5, 15, 60, 300, 900, 3600, 14_400)
          .mapToObj(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private final MeterRegistry meters;
  private final AtomicInteger waiting = new AtomicInteger();

  ServeMeters(MeterRegistry meters) {
    this.meters = meters;
    Gauge.builder(ServeMetric.WAITING.description().meter(), waiting, AtomicInteger::get)
        .description(ServeMetric.WAITING.description().meaning())
        .register(meters);
  }

  /** So many requests were seen to wait. */
  void waiting(int requests) {
    waiting.set(requests);
  }

  /** A request came to an end. */
  void ended(Api api, String result) {
    Counter.builder(ServeMetric.REQUESTS.description().meter())
        .description(ServeMetric.REQUESTS.description().meaning())
        .tags("api", api.title(), "result", result)
        .register(meters)
        .increment();
  }

  /** A result took so long. */
  void took(Api api, Duration time) {
    Timer.builder(ServeMetric.DURATION.description().meter())
        .description(ServeMetric.DURATION.description().meaning())
        .tags("api", api.title())
        .serviceLevelObjectives(BUCKETS)
        .register(meters)
        .record(time);
  }
}
