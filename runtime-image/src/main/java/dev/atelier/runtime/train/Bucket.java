package dev.atelier.runtime.train;

import java.util.Optional;

/**
 * Pictures of one shape, which can stand in a batch together.
 *
 * @param prior pictures of the class, of that shape too
 */
public record Bucket(Examples subject, Optional<Examples> prior) {}
