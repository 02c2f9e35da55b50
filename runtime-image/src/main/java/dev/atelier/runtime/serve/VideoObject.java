package dev.atelier.runtime.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A video as the protocol shows it; {@code seed} is an addition, which draws the same video again.
 *
 * @param status {@code queued}, {@code in_progress}, {@code completed} or {@code failed}
 * @param progress in percent
 * @param createdAt in seconds since 1970, as all times
 * @param expiresAt when video and files are deleted
 */
record VideoObject(
    String id,
    String object,
    String model,
    String status,
    int progress,
    @JsonProperty("created_at") long createdAt,
    @JsonProperty("completed_at") @Nullable Long completedAt,
    @JsonProperty("expires_at") @Nullable Long expiresAt,
    String prompt,
    String seconds,
    String size,
    long seed,
    Outcome.@Nullable Failure error) {

  static VideoObject of(Tracked tracked, ServeTimes times, Instant now) {
    var accepted = tracked.accepted();
    var order = accepted.order();
    var status = tracked.status(now, times.stale());
    return new VideoObject(
        accepted.id(),
        "video",
        accepted.model(),
        status.name(),
        tracked.progress(),
        accepted.createdAt().getEpochSecond(),
        tracked
            .outcome()
            .filter(known -> status == Tracked.Status.completed)
            .map(known -> known.finishedAt().getEpochSecond())
            .orElse(null),
        tracked.outcome().map(known -> known.expiresAt(times.keep()).getEpochSecond()).orElse(null),
        order.prompt(),
        order.seconds(),
        order.size(),
        order.seed(),
        tracked.outcome().map(Outcome::failure).orElse(null));
  }

  /** A page of videos. */
  record Page(
      String object,
      List<VideoObject> data,
      @JsonProperty("first_id") @Nullable String firstId,
      @JsonProperty("last_id") @Nullable String lastId,
      @JsonProperty("has_more") boolean hasMore) {}

  /** That a video was deleted. */
  record Deleted(String id, String object, boolean deleted) {}
}
