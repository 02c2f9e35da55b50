package dev.atelier.stage;

import org.jspecify.annotations.Nullable;

/**
 * The base model.
 *
 * @param family {@code StableDiffusion}, {@code StableDiffusionXL} or {@code Wan}
 * @param location a folder in the diffusers layout
 * @param sha256 pin over the model's files, or absent; a mismatch ends the stage as bad input
 * @param license copied into every artifact's provenance
 * @param runtime name of the DiffusionRuntime, for messages and provenance
 */
public record ModelInput(
    String family,
    StoreLocation location,
    @Nullable String sha256,
    @Nullable String license,
    String runtime) {}
