package dev.atelier.stage;

import java.util.List;

/**
 * A metric.
 *
 * @param meter name in Micrometer
 * @param kind what Prometheus makes of it
 * @param labels names of its labels
 * @param meaning what it tells
 */
public record MetricDescription(String meter, Kind kind, List<String> labels, String meaning) {

  public MetricDescription {
    labels = List.copyOf(labels);
  }

  /** What Prometheus makes of a meter. */
  public enum Kind {
    COUNTER("counter", "_total"),
    GAUGE("gauge", ""),
    GAUGE_OF_SECONDS("gauge", "_seconds"),
    HISTOGRAM("histogram", "_seconds");

    private final String type;
    private final String suffix;

    Kind(String type, String suffix) {
      this.type = type;
      this.suffix = suffix;
    }

    /** Prometheus' word for it. */
    public String type() {
      return type;
    }
  }

  /** Name in Prometheus; a histogram has its {@code _bucket}, {@code _sum} and {@code _count}. */
  public String prometheusName() {
    return meter.replace('.', '_') + kind.suffix;
  }
}
