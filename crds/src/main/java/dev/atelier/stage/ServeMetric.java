package dev.atelier.stage;

import dev.atelier.stage.MetricDescription.Kind;
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

  private final MetricDescription description;

  ServeMetric(String meter, Kind kind, List<String> labels, String meaning) {
    this.description = new MetricDescription(meter, kind, labels, meaning);
  }

  /** Name, labels and meaning. */
  public MetricDescription description() {
    return description;
  }
}
