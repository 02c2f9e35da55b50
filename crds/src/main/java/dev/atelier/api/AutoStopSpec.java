package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** When training ends before its last step. */
@ApiValue
public record AutoStopSpec(
    @JsonPropertyDescription(
            "Judge checkpoints on what training does not see (of portraits held-out photos and the evaluation prompts, of videos held-out clips): the best one is published, and training ends when none gets better.")
        @Default("true")
        Boolean enabled,
    @JsonPropertyDescription("Steps between two rounds of judging.")
        @Default("100")
        @Min(1)
        @Max(100000)
        Integer everySteps,
    @JsonPropertyDescription("Rounds in which nothing got better after which training ends.")
        @Default("3")
        @Min(1)
        @Max(100)
        Integer patience) {

  /** The auto-stop of a resource that names none. */
  public static final AutoStopSpec DEFAULT = new AutoStopSpec(true, 100, 3);

  public AutoStopSpec {
    enabled = requireNonNullElse(enabled, true);
    everySteps = requireNonNullElse(everySteps, 100);
    patience = requireNonNullElse(patience, 3);
  }
}
