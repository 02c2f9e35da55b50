package dev.atelier.operator.shared;

import java.time.Duration;

/**
 * Where the time of a stage went.
 *
 * @param queued from the Job's creation to the start of its first container
 * @param computed from there to the Job's end
 */
public record StageTimes(Duration queued, Duration computed) {}
