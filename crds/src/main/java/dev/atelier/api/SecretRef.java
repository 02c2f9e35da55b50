package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret of the resource's own namespace. The operator never reads it: pods mount it. */
@ApiValue
public record SecretRef(
    @JsonPropertyDescription("Name of a Secret in the namespace of the resource.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_SUBDOMAIN)
        String name) {}
