package dev.atelier.stage;

import org.jspecify.annotations.Nullable;

/** A bound that a metric must keep for the model to be published. */
public record GateInput(String metric, @Nullable Double min, @Nullable Double max) {}
