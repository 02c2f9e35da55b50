package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** What a run may use. */
@ApiValue
public record LimitsSpec(
    @JsonPropertyDescription(
            "Longest time a stage's Job may run, in seconds; then the run fails with DeadlineExceeded.")
        @Default("7200")
        @Min(1)
        @Max(2592000)
        Integer activeDeadlineSeconds,
    @JsonPropertyDescription(
            "How often a stage that failed for no reason of its own is tried again.")
        @Default("3")
        @Min(0)
        @Max(100)
        Integer retries,
    @JsonPropertyDescription(
            "GPU seconds that a run may use over all stages and attempts. 0: no cap.")
        @Default("0")
        @Min(0)
        Long maxGpuSeconds) {

  /** The limits of a resource that names none. */
  public static final LimitsSpec DEFAULT = new LimitsSpec(7200, 3, 0L);

  public LimitsSpec {
    activeDeadlineSeconds = requireNonNullElse(activeDeadlineSeconds, 7200);
    retries = requireNonNullElse(retries, 3);
    maxGpuSeconds = requireNonNullElse(maxGpuSeconds, 0L);
  }
}
