package dev.atelier.runtime.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which request a replica draws next. Replicas agree through the store alone: the oldest request
 * that nobody holds, or whose holder was not heard of for long.
 */
final class RequestQueue {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** A request that ended so many pods is not tried on another one. */
  private static final int ATTEMPTS = 3;

  private final ServeContext context;
  private final RequestStore store;
  private final ServeMeters meters;
  private final String owner;

  /**
   * @param owner name of this replica
   */
  RequestQueue(ServeContext context, RequestStore store, ServeMeters meters, String owner) {
    this.context = context;
    this.store = store;
    this.meters = meters;
    this.owner = owner;
  }

  /** Claims the oldest free request. */
  Optional<Accepted> take() {
    var waiting = store.waiting();
    Optional<Accepted> taken = Optional.empty();
    int free = 0;
    for (var id : waiting) {
      var claim = store.claim(id);
      if (claim.isEmpty() || claim.get().held(now(), context.times().stale())) {
        continue;
      }
      free++;
      if (taken.isEmpty()) {
        taken = taken(id, claim.get());
      }
    }
    meters.waiting(free - (taken.isPresent() ? 1 : 0));
    return taken;
  }

  private Optional<Accepted> taken(String id, Claim claim) {
    var accepted = store.accepted(id);
    if (accepted.isEmpty() || store.outcome(id).isPresent()) {
      // Deleted, or finished, by a replica that could not say so any more.
      store.close(id);
      return Optional.empty();
    }
    if (claim.attempts() >= ATTEMPTS) {
      finish(
          accepted.get(),
          Outcome.failed(
              now(),
              "pod_lost",
              "%d pods ended while they drew it, the last of them without a word; ask for a smaller size or fewer frames, or see the pods' events"
                  .formatted(ATTEMPTS)));
      return Optional.empty();
    }
    store.claim(id, claim.begun(owner, now()));
    // Whoever wrote last has it; the other one looks for another request.
    return store.claim(id).filter(one -> one.ownedBy(owner)).flatMap(mine -> accepted);
  }

  /** Says that a request is still drawn. */
  void renew(String id, int percent) {
    store
        .claim(id)
        .filter(claim -> claim.ownedBy(owner))
        .ifPresent(claim -> store.claim(id, claim.renewed(now(), percent)));
  }

  /** Leaves a request to others. */
  void giveBack(String id) {
    store
        .claim(id)
        .filter(claim -> claim.ownedBy(owner))
        .ifPresent(claim -> store.claim(id, claim.givenBack()));
  }

  /** Keeps what became of a request; one that was deleted meanwhile leaves nothing. */
  void finish(Accepted accepted, Outcome outcome) {
    var id = accepted.id();
    var api = RequestId.read(id).api();
    if (!store.exists(id)) {
      forget(id);
      return;
    }
    store.finish(id, outcome);
    meters.ended(api, outcome.result().name());
    meters.took(api, Duration.between(accepted.createdAt(), outcome.finishedAt()));
    LOG.info(
        "{}: {}{}",
        id,
        outcome.result(),
        outcome.failure() == null ? "" : ", " + outcome.failure().message());
  }

  /** Deletes what is left of a request that was deleted while it was drawn. */
  void forget(String id) {
    store.delete(id);
    meters.ended(RequestId.read(id).api(), "Deleted");
    LOG.info("{}: deleted while it was drawn", id);
  }

  /** Deletes requests that ended long ago, and remains of deleted ones. */
  void sweep() {
    var oldest = now().minus(context.times().keep());
    for (var id : store.folders()) {
      if (!RequestId.read(id).createdAt().isBefore(oldest)) {
        return;
      }
      if (isOver(id, oldest)) {
        LOG.info("{}: deleted, it ended more than {} ago", id, context.times().keep());
        store.delete(id);
      }
    }
  }

  /** Ended before then, or deleted by a replica that still wrote, or never accepted to the end. */
  private boolean isOver(String id, Instant oldest) {
    var outcome = store.outcome(id);
    return outcome.isPresent()
        ? outcome.get().finishedAt().isBefore(oldest)
        : store.claim(id).isEmpty() || !store.exists(id);
  }

  Instant now() {
    return context.clock().instant();
  }
}
