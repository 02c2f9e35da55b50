package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A file to fetch. */
@ApiValue
public record ArtifactStatus(
    @JsonPropertyDescription("What it is: model, gallery, report, manifest.") @Required String name,
    @JsonPropertyDescription("Where it lies.") @Required String uri,
    @JsonPropertyDescription("Media type.") @Nullable String mediaType,
    @JsonPropertyDescription("Size in bytes.") @Nullable Long sizeBytes,
    @JsonPropertyDescription("Digest of the content.") @Nullable String sha256) {}
