package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Keeps the class what it was (DreamBooth, Ruiz et al. 2022). */
@ApiValue
public record PriorPreservation(
    @JsonPropertyDescription(
            "Train on pictures of the class as well. Not used by TextualInversion, which leaves the model as it is.")
        @Default("true")
        Boolean enabled,
    @JsonPropertyDescription("Weight of the class pictures' loss beside that of the photos.")
        @Default("1.0")
        @Size(max = 24)
        @Pattern(Patterns.DECIMAL)
        String weight,
    @JsonPropertyDescription("How many pictures of the class the base model draws beforehand.")
        @Default("100")
        @Min(1)
        @Max(2000)
        Integer images,
    @JsonPropertyDescription(
            "Prompt of the class pictures, without the token. Default: a photo of a {className}.")
        @Default("")
        @Size(max = 1000)
        String prompt) {

  /** Prior preservation of a resource that names none. */
  public static final PriorPreservation DEFAULT = new PriorPreservation(true, "1.0", 100, "");

  public PriorPreservation {
    enabled = requireNonNullElse(enabled, true);
    weight = requireNonNullElse(weight, "1.0");
    images = requireNonNullElse(images, 100);
    prompt = requireNonNullElse(prompt, "");
  }

  PriorPreservation forClass(String className) {
    return prompt.isEmpty()
        ? new PriorPreservation(enabled, weight, images, "a photo of a " + className)
        : this;
  }
}
