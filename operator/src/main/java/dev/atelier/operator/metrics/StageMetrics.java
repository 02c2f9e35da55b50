package dev.atelier.operator.metrics;

import dev.atelier.operator.shared.StageTimes;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** Counts what becomes of runs and their stages. */
public final class StageMetrics {

  /** Result of what went as it should. */
  public static final String SUCCEEDED = "Succeeded";

  private final Meters meters;

  /** Metrics in a registry. */
  public StageMetrics(MeterRegistry registry) {
    this.meters = new Meters(registry);
  }

  /**
   * A stage ended.
   *
   * @param result {@link #SUCCEEDED}, or the reason of the failure
   * @param times unless nobody knows them
   */
  public void stageEnded(String kind, Stage stage, String result, Optional<StageTimes> times) {
    meters.count(OperatorMetric.STAGES, 1, kind, stage.title(), result);
    times.ifPresent(
        known -> {
          meters.record(OperatorMetric.QUEUE_DURATION, known.queued(), kind, stage.title());
          meters.record(
              OperatorMetric.STAGE_DURATION, known.computed(), kind, stage.title(), result);
        });
  }

  /**
   * A run ended.
   *
   * @param result {@link #SUCCEEDED}, or the reason of the failure
   */
  public void runEnded(String kind, String result) {
    meters.count(OperatorMetric.RUNS, 1, kind, result);
  }

  /** A stage is tried again, with the adjustment or as it was. */
  public void retried(String kind, Stage stage, Optional<? extends Enum<?>> adjustment) {
    meters.count(
        OperatorMetric.RETRIES,
        1,
        kind,
        stage.title(),
        adjustment.<String>map(Enum::name).orElse("None"));
  }

  /** Pods of a stage held GPUs. */
  public void used(String kind, Stage stage, long gpuSeconds) {
    if (gpuSeconds > 0) {
      meters.count(OperatorMetric.GPU_SECONDS, gpuSeconds, kind, stage.title());
    }
  }

  /** What a stage said besides how it ended: photos or clips judged, a gate decided. */
  public void said(String kind, Stage stage, TerminationMessage words) {
    var dataset = words.dataset();
    if (dataset != null) {
      judged(stage == Stage.PREPARE_VIDEO ? OperatorMetric.CLIPS : OperatorMetric.PHOTOS, dataset);
    }
    var evaluation = words.evaluation();
    if (evaluation != null) {
      meters.count(OperatorMetric.GATES, 1, kind, evaluation.gate());
    }
  }

  private void judged(OperatorMetric metric, TerminationMessage.Dataset dataset) {
    count(metric, "Usable", dataset.usable());
    dataset.rejected().forEach(file -> count(metric, file.reason(), 1));
    count(metric, "Other", dataset.photos() - dataset.usable() - dataset.rejected().size());
  }

  private void count(OperatorMetric metric, String verdict, int files) {
    if (files > 0) {
      meters.count(metric, files, verdict);
    }
  }
}
