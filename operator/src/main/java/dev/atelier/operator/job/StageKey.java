package dev.atelier.operator.job;

import dev.atelier.api.RunStatus;
import dev.atelier.stage.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names one Job: a stage of a run at an attempt.
 *
 * @param runId stable for as long as {@code spec.runNonce} is
 * @param attempt counts from 1
 * @param nodes that work together; more than 1 makes a JobSet
 */
public record StageKey(Owner owner, Stage stage, String runId, int attempt, int nodes) {

  /** What a name may have as a label, and what a pod's host name may have. */
  private static final int NAME_LENGTH = 63;

  /** Room for the index of an indexed Job's pods, {@code -999}. */
  private static final int INDEX_LENGTH = 4;

  /** Room for what a JobSet appends to the names of its pods, {@code -node-0-255-abcde}. */
  private static final int NODE_LENGTH = 17;

  /** What a JobSet's name may be: its Service has the same. */
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]*");

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
    return "r%d-%s".formatted(nonce + 1, hash(owner.uid() + "/" + nonce).substring(0, 4));
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
    var name = stem();
    int room = NAME_LENGTH - (nodes > 1 ? NODE_LENGTH : INDEX_LENGTH) - suffix.length();
    return name.length() <= room
        ? name + suffix
        : name.substring(0, room - 9) + "-" + hash(name).substring(0, 8) + suffix;
  }

  private String stem() {
    return nodes == 1 || LABEL.matcher(owner.name()).matches()
        ? owner.name()
        : "n" + hash(owner.name()).substring(0, 8);
  }

  /** Directory of the run below the store's root. */
  String prefix() {
    return owner.folder() + "/" + runId;
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
