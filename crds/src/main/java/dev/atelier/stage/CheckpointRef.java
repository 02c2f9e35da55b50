package dev.atelier.stage;

/**
 * A durable checkpoint.
 *
 * @param path of its manifest below the store's root
 * @param sha256 digest of that manifest
 */
public record CheckpointRef(int step, String path, String sha256) {}
