package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who the photos show. */
@ApiValue
public record SubjectSpec(
    @JsonPropertyDescription(
            "The class noun, such as woman, man or person. Without it the likeness of the subject halves.")
        @Required
        @Size(min = 1, max = 40)
        @Pattern("^[\\p{L}][-\\p{L} ]*$")
        String className,
    @JsonPropertyDescription("The rare token that names the person in prompts.")
        @Default("sks")
        @Size(min = 1, max = 20)
        @Pattern("^[a-z0-9]+$")
        String token,
    @JsonPropertyDescription("The person's consent. Its expiry erases photos, model and pictures.")
        @Required
        Consent consent) {

  public SubjectSpec {
    token = requireNonNullElse(token, "sks");
  }

  /** That the person agreed, and until when. */
  @ApiValue
  @ValidationRule(
      value = "!has(self.expiresAt) || self.expiresAt > self.grantedAt",
      fieldPath = ".expiresAt",
      message = "expiresAt must be after grantedAt")
  public record Consent(
      @JsonPropertyDescription("Number of the consent in your records.")
          @Required
          @Size(min = 1, max = 128)
          String id,
      @JsonPropertyDescription("When the person agreed.") @Required Instant grantedAt,
      @JsonPropertyDescription(
              "When the consent ends: everything of the person is erased then. Absent: it holds until the resource is deleted.")
          @Nullable Instant expiresAt) {}
}
