package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** A checkpoint that was judged while training. */
@ApiValue
public record RoundStatus(
    @JsonPropertyDescription("Training step that was judged.") @Required Integer step,
    @JsonPropertyDescription(
            "What it reached: of portraits identity, promptAlignment and memorisation, of videos validationLoss.")
        List<MetricValue> scores,
    @JsonPropertyDescription(
            "Whether no other checkpoint beats it in all scores at once; of videos, in the last stage.")
        Boolean front,
    @JsonPropertyDescription("Whether it would be published now, or was.") Boolean selected) {

  public RoundStatus {
    scores = List.copyOf(requireNonNullElse(scores, List.of()));
    front = requireNonNullElse(front, false);
    selected = requireNonNullElse(selected, false);
  }
}
