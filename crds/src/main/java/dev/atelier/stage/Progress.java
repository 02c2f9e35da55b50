package dev.atelier.stage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET :8080/progress} answers.
 *
 * @param stage the stage's title
 * @param activity what the stage does right now, such as {@code drawing prior images}
 * @param step steps done
 * @param totalSteps steps in all
 * @param percent 0 to 100
 * @param secondsLeft estimate, or absent while there is none
 * @param metrics newest values, such as the loss
 * @param lastCheckpoint newest durable checkpoint, or absent
 * @param rounds the checkpoints that were judged so far, those before a resume included; absent
 *     where none was
 */
public record Progress(
    String stage,
    String activity,
    int step,
    int totalSteps,
    int percent,
    @Nullable Integer secondsLeft,
    Instant updatedAt,
    List<NamedValue> metrics,
    @Nullable CheckpointRef lastCheckpoint,
    @Nullable JudgedRounds rounds) {}
