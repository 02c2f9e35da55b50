package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One picture idea. */
@ApiValue
public record Prompt(
    @JsonPropertyDescription("Name of the files and rows that show the result; unique in its list.")
        @Required
        @Size(min = 1, max = 40)
        @Pattern(Patterns.DNS_LABEL)
        String name,
    @JsonPropertyDescription("What to draw. {subject} stands for the person: token and class noun.")
        @Required
        @Size(min = 1, max = 1000)
        String text,
    @JsonPropertyDescription("What to steer away from.") @Default("") @Size(max = 1000)
        String negative) {

  public Prompt {
    negative = requireNonNullElse(negative, "");
  }
}
