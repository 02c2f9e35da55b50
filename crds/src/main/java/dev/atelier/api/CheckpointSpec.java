package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** When training state is saved. One is always written on SIGTERM. */
@ApiValue
public record CheckpointSpec(
    @JsonPropertyDescription("Steps between two checkpoints.") @Default("100") @Min(1) @Max(100000)
        Integer everySteps,
    @JsonPropertyDescription("How many checkpoints are kept.") @Default("2") @Min(1) @Max(20)
        Integer keepLast) {

  /** The checkpoints of a resource that names none. */
  public static final CheckpointSpec DEFAULT = new CheckpointSpec(100, 2);

  public CheckpointSpec {
    everySteps = requireNonNullElse(everySteps, 100);
    keepLast = requireNonNullElse(keepLast, 2);
  }
}
