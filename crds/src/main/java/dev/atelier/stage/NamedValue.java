package dev.atelier.stage;

/** A measured number under its name; the value is text, as in the API. */
public record NamedValue(String name, String value) {}
