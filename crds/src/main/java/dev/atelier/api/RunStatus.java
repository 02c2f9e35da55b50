package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The run that the status speaks of. */
@ApiValue
public record RunStatus(
    @JsonPropertyDescription("Identifies the run; changes with spec.runNonce.") @Required String id,
    @JsonPropertyDescription("The spec.runNonce that the run was started with.") Long nonce,
    @JsonPropertyDescription(
            "Counts from 1; raised when a stage is tried again with other settings.")
        Integer attempt,
    @JsonPropertyDescription("What the operator changed for this attempt.")
        List<Adjustment> adjustments,
    @JsonPropertyDescription("The stage that runs, or ran last.") @Nullable String stage,
    @JsonPropertyDescription("When the run started.") @Nullable Instant startedAt,
    @JsonPropertyDescription("When the run ended.") @Nullable Instant finishedAt,
    @JsonPropertyDescription("The DiffusionRuntime whose storage holds the run's files.")
        @Nullable String runtime,
    @JsonPropertyDescription(
            "The uid of the HeadshotModel that a GenerationJob draws with: pictures of the person stay no longer than it does.")
        @Nullable String modelUid,
    @JsonPropertyDescription("Failed tries of the stage; absent as long as none failed.")
        @Nullable RetriesStatus retries) {

  public RunStatus {
    nonce = requireNonNullElse(nonce, 0L);
    attempt = requireNonNullElse(attempt, 1);
    adjustments = List.copyOf(requireNonNullElse(adjustments, List.of()));
  }

  /** A run at its first attempt. */
  public static RunStatus started(
      String id, long nonce, String stage, String runtime, Instant startedAt) {
    return new RunStatus(id, nonce, 1, List.of(), stage, startedAt, null, runtime, null, null);
  }

  /** The run, with what became of its stage's tries; {@code null} if none failed. */
  public RunStatus tried(@Nullable RetriesStatus tries) {
    return new RunStatus(
        id, nonce, attempt, adjustments, stage, startedAt, finishedAt, runtime, modelUid, tries);
  }

  /** The run, drawing with the model of that uid. */
  public RunStatus with(String model) {
    return new RunStatus(
        id, nonce, attempt, adjustments, stage, startedAt, finishedAt, runtime, model, retries);
  }

  /** The run at another stage. */
  public RunStatus at(String next) {
    return new RunStatus(
        id, nonce, attempt, adjustments, next, startedAt, null, runtime, modelUid, null);
  }

  /** The run, ended at the stage that it is at. */
  public RunStatus finished(Instant now) {
    var tries = retries == null ? null : retries.over();
    return new RunStatus(
        id, nonce, attempt, adjustments, stage, startedAt, now, runtime, modelUid, tries);
  }

  /** The next attempt at the same stage, with these adjustments. */
  public RunStatus again(List<Adjustment> changes) {
    return new RunStatus(
        id, nonce, attempt + 1, changes, stage, startedAt, null, runtime, modelUid, null);
  }

  /** Changes between two attempts. */
  public enum Adjustment {
    /** After out of memory: half the batch, twice the gradient accumulation. */
    HalfBatch,
    /** After a loss that is not a number. */
    HalfLearningRate
  }
}
