package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage's last words, at most {@link #MAX_BYTES} of JSON in the container's termination message,
 * so that a lost poll loses nothing. {@link StageJson#fit} shortens the lists where they do not
 * fit.
 *
 * @param result how it ended
 * @param reason a reason of the API's closed list, such as {@code NotEnoughUsablePhotos}
 * @param message for a person: what, where, what to do next
 * @param manifest path of the published manifest below the store's root, or absent
 * @param manifestSha256 digest of that manifest
 * @param gpuSeconds wall time of this process times its GPUs
 * @param artifacts what a user may want to fetch, paths below the store's root
 */
public record TerminationMessage(
    Result result,
    String reason,
    String message,
    @Nullable String manifest,
    @Nullable String manifestSha256,
    long gpuSeconds,
    @Nullable Dataset dataset,
    @Nullable CheckpointRef lastCheckpoint,
    @Nullable Evaluation evaluation,
    @Nullable Samples samples,
    @Nullable Erased erased,
    List<Artifact> artifacts) {

  /** What the kubelet keeps of a termination message. */
  public static final int MAX_BYTES = 4096;

  /** The same words with the manifest that they speak of. */
  public TerminationMessage withManifest(String key, String sha256) {
    return LastWords.like(this).manifest(key, sha256).say();
  }

  /** The same words with the time that the GPUs were held. */
  public TerminationMessage withGpuSeconds(long seconds) {
    return LastWords.like(this).gpuSeconds(seconds).say();
  }

  /** The same words with the verdicts on the photos. */
  public TerminationMessage withDataset(Dataset judged) {
    return LastWords.like(this).dataset(judged).say();
  }

  /** Words with nothing but how it ended. */
  public static TerminationMessage of(Result result, String reason, String message) {
    return new LastWords(result, reason, message).say();
  }

  /** How a stage ended. */
  public enum Result {
    Succeeded,
    Failed,
    Checkpointed
  }

  /**
   * @param rejected the first ones; {@code photos - usable} is how many there are
   */
  public record Dataset(int photos, int usable, List<Rejected> rejected) {}

  /** A photo that was not used, and its verdict. */
  public record Rejected(String name, String reason) {}

  /**
   * @param gate {@code Passed}, {@code Failed} or {@code None}
   * @param rounds the checkpoints that training judged; absent where this stage judged none
   */
  public record Evaluation(
      int selectedStep, List<NamedValue> metrics, String gate, @Nullable JudgedRounds rounds) {

    /** What was measured by a stage that judges no checkpoints. */
    public Evaluation(int selectedStep, List<NamedValue> metrics, String gate) {
      this(selectedStep, metrics, gate, null);
    }

    /** The same measurements with these rounds. */
    public Evaluation with(@Nullable JudgedRounds judged) {
      return new Evaluation(selectedStep, metrics, gate, judged);
    }
  }

  /** Counts of pictures. */
  public record Samples(int requested, int produced, int blocked, int failed) {}

  /**
   * What erasure removed.
   *
   * @param receipt path below the store's root
   */
  public record Erased(int objects, long bytes, String receipt) {}

  /** A file to fetch. */
  public record Artifact(
      String name, String path, String mediaType, long sizeBytes, String sha256) {}
}
