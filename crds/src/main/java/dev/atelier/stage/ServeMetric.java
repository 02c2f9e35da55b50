package dev.atelier.stage;

import java.util.List;

/** Every metric that a pod of a served model has besides those of a running stage. */
public enum ServeMetric {
  REQUESTS(
      "atelier.serve.requests",
      Kind.COUNTER,
      List.of("api", "result"),
      "Requests that came to an end: Completed, Blocked by the output check, Failed, Deleted while they were drawn, or Refused when they came."),
  WAITING(
      "atelier.serve.waiting",
      Kind.GAUGE,
      List.of(),
      "Requests that no pod draws yet, as this pod saw them last; the same for all pods of a model."),
  DURATION(
      "atelier.serve.duration",
      Kind.HISTOGRAM,
      List.of("api"),
      "From the acceptance of a request to its result.");

  /** What Prometheus makes of it. */
  public enum Kind {
    COUNTER("_total"),
    GAUGE(""),
    HISTOGRAM("_seconds");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  private final String meter;
  private final Kind kind;
  private final List<String> labels;
  private final String meaning;

  ServeMetric(String meter, Kind kind, List<String> labels, String meaning) {
    this.meter = meter;
    this.kind = kind;
    this.labels = labels;
    this.meaning = meaning;
  }

  /** Name in Micrometer. */
  public String meter() {
    return meter;
  }

  /** Name in Prometheus; a histogram has its {@code _bucket}, {@code _sum} and {@code _count}. */
  public String prometheusName() {
    return meter.replace('.', '_') + kind.suffix;
  }

  /** What Prometheus makes of it. */
  public Kind kind() {
    return kind;
  }

  /** Names of its labels. */
  public List<String> labels() {
    return labels;
  }

  /** What it tells. */
  public String meaning() {
    return meaning;
  }
}
