package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the running stage is. */
@ApiValue
public record ProgressStatus(
    @JsonPropertyDescription("The stage.") @Required String stage,
    @JsonPropertyDescription("What the stage does right now.") @Nullable String activity,
    @JsonPropertyDescription("Steps done.") Integer step,
    @JsonPropertyDescription("Steps in all.") Integer totalSteps,
    @JsonPropertyDescription("Share of the steps done, 0 to 100.") Integer percent,
    @JsonPropertyDescription("Estimate of the time left in seconds.") @Nullable Integer secondsLeft,
    @JsonPropertyDescription("When the pod said so.") @Nullable Instant updatedAt,
    @JsonPropertyDescription("Newest values, such as the loss.") List<MetricValue> metrics) {

  public ProgressStatus {
    step = requireNonNullElse(step, 0);
    totalSteps = requireNonNullElse(totalSteps, 0);
    percent = requireNonNullElse(percent, 0);
    metrics = List.copyOf(requireNonNullElse(metrics, List.of()));
  }
}
