package dev.atelier.runtime.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param result for metrics
 * @param failure absent where it was drawn
 * @param files of its clips or pictures, in their order
 */
record Outcome(Result result, Instant finishedAt, @Nullable Failure failure, List<Files> files) {

  /** How it ended. */
  enum Result {
    Completed,
    Blocked,
    Failed
  }

  /**
   * What the protocol tells.
   *
   * @param code for programs
   * @param message for people
   */
  record Failure(String code, String message) {}

  /**
   * Keys of a clip's files.
   *
   * @param video MP4
   * @param poster PNG of the frame in the middle
   */
  record Files(String video, String poster) {}

  static Outcome completed(Instant now, List<Files> files) {
    return new Outcome(Result.Completed, now, null, List.copyOf(files));
  }

  static Outcome blocked(Instant now, String message) {
    return new Outcome(Result.Blocked, now, new Failure("content_policy", message), List.of());
  }

  static Outcome failed(Instant now, String code, String message) {
    return new Outcome(Result.Failed, now, new Failure(code, message), List.of());
  }

  Instant expiresAt(Duration keep) {
    return finishedAt.plus(keep);
  }
}
