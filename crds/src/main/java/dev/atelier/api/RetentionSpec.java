package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** How long personal data is kept. Deleting the resource always erases everything. */
@ApiValue
public record RetentionSpec(
    @JsonPropertyDescription(
            "KeepUntilDeleted keeps photos and crops as long as the resource; DeleteAfterTraining erases them when the model is published.")
        @Default("KeepUntilDeleted")
        Photos photos) {

  /** The retention of a resource that names none. */
  public static final RetentionSpec DEFAULT = new RetentionSpec(Photos.KeepUntilDeleted);

  public RetentionSpec {
    photos = requireNonNullElse(photos, Photos.KeepUntilDeleted);
  }

  /** What happens to the photos. */
  public enum Photos {
    KeepUntilDeleted,
    DeleteAfterTraining
  }
}
