package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured, and whether it was good enough. */
@ApiValue
public record EvaluationStatus(
    @JsonPropertyDescription("Training step whose weights were published.")
        @Nullable Integer selectedStep,
    @JsonPropertyDescription("Measured values.") List<MetricValue> metrics,
    @JsonPropertyDescription("Passed, Failed, or None without bounds.") @Nullable Gate gate) {

  public EvaluationStatus {
    metrics = List.copyOf(requireNonNullElse(metrics, List.of()));
  }

  /** Verdict of the gate. */
  public enum Gate {
    Passed,
    Failed,
    None
  }
}
