package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The DiffusionRuntime to use. */
@ApiValue
public record RuntimeRef(
    @JsonPropertyDescription(
            "Name of the DiffusionRuntime. List them with kubectl get diffusionruntimes.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Patterns.DNS_LABEL)
        String name) {}
