package dev.atelier.operator.job;

import dev.atelier.api.ProgressStatus;
import dev.atelier.stage.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which progress is worth a write to the API server. */
public final class ProgressNews {

  private ProgressNews() {}

  /**
   * What the status should say now: the present text, unless a percent was gained and the interval
   * has passed, or the pod does something else than before.
   */
  public static Optional<ProgressStatus> next(
      @Nullable ProgressStatus present, Optional<Progress> said, Duration interval) {
    if (said.isEmpty()) {
      return Optional.empty();
    }
    var next = status(said.get());
    return present == null || worth(present, next, interval)
        ? Optional.of(next)
        : Optional.of(present);
  }

  /** One line for a person: {@code step 640 of 800, about 7 min left}. */
  public static String text(ProgressStatus progress) {
    var activity = Objects.requireNonNullElse(progress.activity(), progress.stage());
    if (progress.totalSteps() == 0) {
      return activity;
    }
    var steps = "%s: %d of %d".formatted(activity, progress.step(), progress.totalSteps());
    var left = progress.secondsLeft();
    return left == null ? steps : steps + ", about %s left".formatted(duration(left));
  }

  private static boolean worth(ProgressStatus present, ProgressStatus next, Duration interval) {
    if (!present.stage().equals(next.stage())
        || !Objects.equals(present.activity(), next.activity())) {
      return true;
    }
    return !present.percent().equals(next.percent())
        && elapsed(present.updatedAt(), next.updatedAt()).compareTo(interval) >= 0;
  }

  private static Duration elapsed(@Nullable Instant before, @Nullable Instant after) {
    return before == null || after == null ? Duration.ofDays(1) : Duration.between(before, after);
  }

  private static String duration(int seconds) {
    return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }

  private static ProgressStatus status(Progress said) {
    return new ProgressStatus(
        said.stage(),
        said.activity(),
        said.step(),
        said.totalSteps(),
        said.percent(),
        said.secondsLeft(),
        said.updatedAt(),
        StageResults.metrics(said.metrics()));
  }
}
