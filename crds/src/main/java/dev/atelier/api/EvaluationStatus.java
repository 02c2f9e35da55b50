package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured, and whether it was good enough. */
@ApiValue
public record EvaluationStatus(
    @JsonPropertyDescription("Training step whose weights were published.")
        @Nullable Integer selectedStep,
    @JsonPropertyDescription("Measured values.") List<MetricValue> metrics,
    @JsonPropertyDescription("Passed, Failed, or None without bounds.") @Nullable Gate gate,
    @JsonPropertyDescription(
            "Checkpoints that were judged while training, in its order, while it runs as well. Of more than 64 every other one of the older is left out; the first, the last and the selected one stay.")
        @Size(max = 64)
        List<RoundStatus> rounds) {

  public EvaluationStatus {
    metrics = List.copyOf(requireNonNullElse(metrics, List.of()));
    rounds = List.copyOf(requireNonNullElse(rounds, List.of()));
  }

  /** Verdict of the gate. */
  public enum Gate {
    Passed,
    Failed,
    None
  }
}
