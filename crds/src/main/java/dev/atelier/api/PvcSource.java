package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A directory of a PersistentVolumeClaim. */
@ApiValue
public record PvcSource(
    @JsonPropertyDescription(
            "Name of a PersistentVolumeClaim in the namespace of the resource that uses it.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_SUBDOMAIN)
        String claimName,
    @JsonPropertyDescription("Directory in the volume, relative to its root. Empty: the root.")
        @Default("")
        @Size(max = 512)
        @Pattern(Patterns.RELATIVE_PATH)
        String path) {

  public PvcSource {
    path = requireNonNullElse(path, "");
  }
}
