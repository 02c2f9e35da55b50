package dev.atelier.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How long people wait for their data to be gone. */
public final class ErasureMetrics {

  private final Meters meters;
  private final Clock clock;

  /** When each erasure that is under way began, by the uid of its resource. */
  private final ConcurrentMap<String, Instant> pending = new ConcurrentHashMap<>();

  /** Metrics in a registry. */
  public ErasureMetrics(MeterRegistry registry, Clock clock) {
    this.meters = new Meters(registry);
    this.clock = clock;
    Gauge.builder(
            OperatorMetric.ERASE_AGE.description().meter(), this, ErasureMetrics::oldestSeconds)
        .description(OperatorMetric.ERASE_AGE.description().meaning())
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  /** The resource's data has to go since then, and is still there. */
  public void pending(String uid, Instant since) {
    pending.putIfAbsent(uid, since);
  }

  /**
   * The erasure came to its end.
   *
   * @param result Erased or Forced
   */
  public void ended(String kind, String uid, String result) {
    pending.remove(uid);
    meters.count(OperatorMetric.ERASURES, 1, kind, result);
  }

  private double oldestSeconds() {
    return pending.values().stream()
        .min(Comparator.naturalOrder())
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
