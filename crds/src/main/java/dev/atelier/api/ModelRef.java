package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The model that draws. */
@ApiValue
public record ModelRef(
    @JsonPropertyDescription(
            "HeadshotModel: the portrait model of a person. VideoGenerator: a video model. DiffusionRuntime: the base model itself.")
        @Default("HeadshotModel")
        Kind kind,
    @JsonPropertyDescription(
            "Name of the resource; in the same namespace unless it is a DiffusionRuntime.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Patterns.DNS_LABEL)
        String name) {

  public ModelRef {
    kind = requireNonNullElse(kind, Kind.HeadshotModel);
  }

  /** Kinds of models. */
  public enum Kind {
    HeadshotModel,
    VideoGenerator,
    DiffusionRuntime
  }
}
