package dev.atelier.operator.metrics;

import dev.atelier.stage.MetricDescription;
import dev.atelier.stage.MetricDescription.Kind;
import java.util.List;

/** Every metric of the operator's own: its name, its labels and what it tells. */
public enum OperatorMetric {
  RUNS(
      "atelier.runs",
      Kind.COUNTER,
      List.of("kind", "result"),
      "Runs that ended, by Succeeded or the reason of the failure."),
  STAGES(
      "atelier.stages",
      Kind.COUNTER,
      List.of("kind", "stage", "result"),
      "Stages that ended, by Succeeded or the reason of the failure."),
  RETRIES(
      "atelier.retries",
      Kind.COUNTER,
      List.of("kind", "stage", "adjustment"),
      "Attempts that the operator started anew, by what it changed: HalfBatch, HalfLearningRate or None."),
  QUEUE_DURATION(
      "atelier.queue.duration",
      Kind.HISTOGRAM,
      List.of("kind", "stage"),
      "From the creation of a stage's Job to the start of its first container: quota, scheduling, image pull."),
  STAGE_DURATION(
      "atelier.stage.duration",
      Kind.HISTOGRAM,
      List.of("kind", "stage", "result"),
      "From the start of a stage's first container to the end of its Job, or of its pods if they all ended well."),
  GPU_SECONDS(
      "atelier.gpu.seconds",
      Kind.COUNTER,
      List.of("kind", "stage"),
      "Seconds times GPUs of pods, failed and suspended ones included."),
  GATES(
      "atelier.gates",
      Kind.COUNTER,
      List.of("kind", "result"),
      "Gates that were decided: Passed, Failed, or None where the resource has no gate."),
  PHOTOS(
      "atelier.photos",
      Kind.COUNTER,
      List.of("verdict"),
      "Photos that were judged: Usable, or why not; Other where the list of verdicts was cut."),
  CLIPS(
      "atelier.clips",
      Kind.COUNTER,
      List.of("verdict"),
      "Clips of films that were judged: Usable, or why not; Other where the list of verdicts was cut."),
  ERASURES(
      "atelier.erasures",
      Kind.COUNTER,
      List.of("kind", "result"),
      "Erasures that came to an end: Erased, or Forced where someone gave up on it."),
  ERASE_AGE(
      "atelier.erase.age",
      Kind.GAUGE_OF_SECONDS,
      List.of(),
      "Age in seconds of the oldest erasure that is not done; 0 when there is none."),
  API_CALLS(
      "atelier.api.calls",
      Kind.HISTOGRAM,
      List.of("verb", "resource", "code"),
      "Requests to the API server, watches apart; code is 0 where it did not answer.");

  private final MetricDescription description;

  OperatorMetric(String meter, Kind kind, List<String> labels, String meaning) {
    this.description = new MetricDescription(meter, kind, labels, meaning);
  }

  /** Name, labels and meaning. */
  public MetricDescription description() {
    return description;
  }
}
