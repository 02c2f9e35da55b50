package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The newest durable training state. */
@ApiValue
public record CheckpointStatus(
    @JsonPropertyDescription("Steps done.") @Required Integer step,
    @JsonPropertyDescription("Where it lies.") @Required String uri,
    @JsonPropertyDescription("Digest of its manifest.") @Required String sha256) {}
