package dev.atelier.operator.shared;

import java.time.Duration;

/**
 * Where the time of a stage went.
 *
 * @param queued from the Job's creation to the start of its first container
 * @param computed from there to the end of the Job, or of its pods if they all ended well
 */
public record StageTimes(Duration queued, Duration computed) {}
