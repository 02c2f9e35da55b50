package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Prompts that are kept outside the resource. */
@ApiValue
public record PromptsSource(
    @JsonPropertyDescription("A ConfigMap whose keys are names and whose values are prompts.")
        @Required
        ConfigMapSource configMap) {}
