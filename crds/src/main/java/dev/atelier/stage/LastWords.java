package dev.atelier.stage;

import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Dataset;
import dev.atelier.stage.TerminationMessage.Erased;
import dev.atelier.stage.TerminationMessage.Evaluation;
import dev.atelier.stage.TerminationMessage.Result;
import dev.atelier.stage.TerminationMessage.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a termination message together; what is not said stays absent. */
public final class LastWords {

  private final Result result;
  private final String reason;
  private String message;
  private @Nullable String manifest;
  private @Nullable String manifestSha256;
  private long gpuSeconds;
  private @Nullable Dataset dataset;
  private @Nullable CheckpointRef lastCheckpoint;
  private @Nullable Evaluation evaluation;
  private @Nullable Samples samples;
  private @Nullable Erased erased;
  private List<Artifact> artifacts = List.of();

  /** Nothing said yet but how it ended. */
  public LastWords(Result result, String reason, String message) {
    this.result = result;
    this.reason = reason;
    this.message = message;
  }

  /** Starts from what was said. */
  static LastWords like(TerminationMessage words) {
    var same = new LastWords(words.result(), words.reason(), words.message());
    same.manifest = words.manifest();
    same.manifestSha256 = words.manifestSha256();
    same.gpuSeconds = words.gpuSeconds();
    same.dataset = words.dataset();
    same.lastCheckpoint = words.lastCheckpoint();
    same.evaluation = words.evaluation();
    same.samples = words.samples();
    same.erased = words.erased();
    same.artifacts = words.artifacts();
    return same;
  }

  LastWords message(String text) {
    message = text;
    return this;
  }

  LastWords manifest(String key, String sha256) {
    manifest = key;
    manifestSha256 = sha256;
    return this;
  }

  LastWords gpuSeconds(long seconds) {
    gpuSeconds = seconds;
    return this;
  }

  /** What became of the photos. */
  public LastWords dataset(@Nullable Dataset judged) {
    dataset = judged;
    return this;
  }

  /** The newest durable checkpoint. */
  public LastWords lastCheckpoint(@Nullable CheckpointRef checkpoint) {
    lastCheckpoint = checkpoint;
    return this;
  }

  /** What was measured, and the gate's decision. */
  public LastWords evaluation(@Nullable Evaluation measured) {
    evaluation = measured;
    return this;
  }

  /** How many pictures there are. */
  public LastWords samples(Samples counts) {
    samples = counts;
    return this;
  }

  /** What erasure removed. */
  public LastWords erased(Erased removed) {
    erased = removed;
    return this;
  }

  /** What a user may want to fetch. */
  public LastWords artifacts(List<Artifact> files) {
    artifacts = files;
    return this;
  }

  /** The message. */
  public TerminationMessage say() {
    return new TerminationMessage(
        result,
        reason,
        message,
        manifest,
        manifestSha256,
        gpuSeconds,
        dataset,
        lastCheckpoint,
        evaluation,
        samples,
        erased,
        artifacts);
  }
}
