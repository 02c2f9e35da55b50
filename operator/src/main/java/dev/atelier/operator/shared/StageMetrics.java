package dev.atelier.operator.shared;

import dev.atelier.stage.Stage;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how stages end: {@code atelier_stages_finished_total{stage, result}}. */
public final class StageMetrics {

  private final MeterRegistry registry;

  /** Counters in a registry. */
  public StageMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * A stage ended.
   *
   * @param result {@code Succeeded}, or the reason of the failure
   */
  public void finished(Stage stage, String result) {
    registry
        .counter("atelier.stages.finished", "stage", stage.title(), "result", result)
        .increment();
  }
}
