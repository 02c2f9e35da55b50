package dev.atelier.runtime.evaluate;

/**
 * A confidence interval.
 *
 * @param level 0..1, such as 0.95
 */
public record Interval(double low, double high, double level) {}
