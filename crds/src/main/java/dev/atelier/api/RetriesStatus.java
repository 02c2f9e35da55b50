package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often the stage of a run failed for no reason of its own, and when it is tried again. */
@ApiValue
public record RetriesStatus(
    @JsonPropertyDescription(
            "Tries of the stage's Job that failed and count; evictions and checkpoints do not. Of a JobSet: restarts, all of them.")
        Integer failed,
    @JsonPropertyDescription(
            "How many may fail and are tried again: spec.limits.retries when the Job was created; of shards each has as many.")
        Integer limit,
    @JsonPropertyDescription(
            "Why the last one failed: the pod's own reason, or the kubelet's where it said none.")
        @Nullable String lastReason,
    @JsonPropertyDescription("What the last one said.") @Nullable String lastMessage,
    @JsonPropertyDescription(
            "When the Job's back-off is over and the next try begins; absent while one runs and where nobody knows.")
        @Nullable Instant nextAt) {

  public RetriesStatus {
    failed = requireNonNullElse(failed, 0);
    limit = requireNonNullElse(limit, 0);
  }

  /** The same, with no other try to come. */
  public RetriesStatus over() {
    return new RetriesStatus(failed, limit, lastReason, lastMessage, null);
  }
}
