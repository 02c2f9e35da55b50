package dev.atelier.operator.job;

import dev.atelier.api.RunStatus;
import dev.atelier.stage.Stage;

/**
 * Names one Job: a stage of a run at an attempt.
 *
 * @param runId stable for as long as {@code spec.runNonce} is
 * @param attempt counts from 1
 * @param nodes that work together; more than 1 makes a JobSet
 */
public record StageKey(Owner owner, Stage stage, String runId, int attempt, int nodes) {

  /** Room for the index of an indexed Job's pods, {@code -999}. */
  private static final int INDEX_LENGTH = 4;

  /** Room for what a JobSet appends to the names of its pods, {@code -node-0-255-abcde}. */
  private static final int NODE_LENGTH = 17;

  /** A stage on one node. */
  public StageKey(Owner owner, Stage stage, String runId, int attempt) {
    this(owner, stage, runId, attempt, 1);
  }

  /** The stage at the attempt of a run. */
  public static StageKey of(Owner owner, Stage stage, RunStatus run) {
    return new StageKey(owner, stage, run.id(), run.attempt());
  }

  /** The run's id for a nonce: it tells runs of one resource apart, and resources of one name. */
  public static String runId(Owner owner, long nonce) {
    return "r%d-%s".formatted(nonce + 1, Digest.sha256(owner.uid() + "/" + nonce).substring(0, 4));
  }

  /**
   * Name of the Job and its ConfigMap, at most 59 characters, of a JobSet 46; a hash keeps a cut
   * one unique.
   */
  public String jobName() {
    var suffix =
        attempt == 1
            ? "-%s-%s".formatted(stage.slug(), runId)
            : "-%s-%s-%d".formatted(stage.slug(), runId, attempt);
    return nodes > 1
        ? ChildName.of(ChildName.ofService(owner.name()), suffix, ChildName.LENGTH - NODE_LENGTH)
        : ChildName.of(owner.name(), suffix, ChildName.LENGTH - INDEX_LENGTH);
  }

  /** Directory of the run below the store's root. */
  String prefix() {
    return owner.folder() + "/" + runId;
  }
}
