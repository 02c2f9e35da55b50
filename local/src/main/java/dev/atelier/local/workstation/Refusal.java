package dev.atelier.local.workstation;

/**
 * A manifest that the API does not accept.
 *
 * @param message of the API, one line per wrong field
 */
public record Refusal(Manifest manifest, String message) {}
