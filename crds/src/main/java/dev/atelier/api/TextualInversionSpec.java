package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** Shape of a learnt token (Gal et al. 2022). */
@ApiValue
public record TextualInversionSpec(
    @JsonPropertyDescription("Vectors of the token.") @Default("4") @Min(1) @Max(32)
        Integer vectors,
    @JsonPropertyDescription(
            "Word whose embedding the vectors start from. Default: subject.className.")
        @Default("")
        @Size(max = 40)
        String initializer) {

  /** The token of a resource that names none. */
  public static final TextualInversionSpec DEFAULT = new TextualInversionSpec(4, "");

  public TextualInversionSpec {
    vectors = requireNonNullElse(vectors, 4);
    initializer = requireNonNullElse(initializer, "");
  }

  TextualInversionSpec forClass(String className) {
    return initializer.isEmpty() ? new TextualInversionSpec(vectors, className) : this;
  }
}
