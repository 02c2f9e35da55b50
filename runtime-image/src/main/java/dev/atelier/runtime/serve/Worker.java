package dev.atelier.runtime.serve;

import dev.atelier.runtime.DeviceLoss;
import dev.atelier.runtime.MemoryShortage;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.sample.FinishedClip;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.runtime.store.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws one request after another until the replica is asked to stop. */
final class Worker {

  /** Why a drawing stops whose request is gone. */
  static final String DELETED = "the request was deleted";

  private static final Logger LOG = LoggerFactory.getLogger("atelier");
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final String IDLE = "waiting for requests";

  private final ServeContext context;
  private final ServedModel model;
  private final RequestStore store;
  private final RequestQueue queue;
  private final Bell bell;
  private volatile Optional<Drawing> drawing = Optional.empty();
  private Instant lastSweep = Instant.EPOCH;

  private record Drawing(String id, StopRequest stop) {}

  /**
   * @param bell rung when a request came or ended
   */
  Worker(
      ServeContext context, ServedModel model, RequestStore store, RequestQueue queue, Bell bell) {
    this.context = context;
    this.model = model;
    this.store = store;
    this.queue = queue;
    this.bell = bell;
  }

  /** Works until asked to stop. */
  void work() {
    idle();
    while (!context.stop().requested()) {
      long heard = bell.heard();
      if (!once()) {
        bell.await(heard, context.times().poll());
      }
    }
  }

  /** Draws the next request; whether there was one. */
  boolean once() {
    try {
      sweep();
      var taken = queue.take();
      taken.ifPresent(this::draw);
      return taken.isPresent();
    } catch (StageFailure.StorageUnavailable e) {
      LOG.error("{}; trying again", e.getMessage());
      return false;
    }
  }

  /** Stops a drawing of this replica at its next step. */
  void stop(String id) {
    drawing.filter(one -> one.id().equals(id)).ifPresent(one -> one.stop().stop(DELETED));
  }

  private void sweep() {
    var now = queue.now();
    if (!now.isBefore(lastSweep.plus(BETWEEN_SWEEPS))) {
      lastSweep = now;
      queue.sweep();
    }
  }

  private void draw(Accepted accepted) {
    var id = accepted.id();
    var stop = context.stop().part();
    drawing = Optional.of(new Drawing(id, stop));
    LOG.info("{}: drawing", id);
    try {
      Optional<Outcome> outcome;
      try (var signs =
          new SignsOfLife(
              context.times(), store, queue, id, stop, () -> context.progress().now().percent())) {
        outcome = outcome(accepted, stop);
      }
      if (outcome.isPresent()) {
        queue.finish(accepted, outcome.get());
      } else if (store.exists(id)) {
        LOG.info("{}: given back ({})", id, stop.reason());
        queue.giveBack(id);
      } else {
        queue.forget(id);
      }
    } finally {
      drawing = Optional.empty();
      idle();
      bell.ring();
    }
  }

  /** Empty where the drawing was stopped. */
  private Optional<Outcome> outcome(Accepted accepted, StopRequest stop) {
    try {
      var picture = Optional.ofNullable(accepted.firstFrame()).map(store::file);
      var shelf = store.folder(accepted.id()) + "/clips";
      return Optional.of(outcome(model.draw(accepted, picture, shelf, stop)));
    } catch (StageFailure.Checkpointed e) {
      return Optional.empty();
    } catch (StageFailure.StorageUnavailable e) {
      if (store.exists(accepted.id())) {
        queue.giveBack(accepted.id());
        throw e;
      }
      return Optional.empty();
    } catch (RequestProblem | StageFailure e) {
      return failed("invalid_request", String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      if (MemoryShortage.caused(e)) {
        return failed(
            "out_of_memory",
            "memory ran out at a peak of %s; ask for a smaller size or fewer frames"
                .formatted(MemoryShortage.peak()));
      }
      if (DeviceLoss.caused(e)) {
        LOG.error("{}: the pod ends, since its GPU draws nothing more", accepted.id());
        // The claim stays: whoever takes it over counts this pod among those that ended.
        throw e;
      }
      LOG.error("{}: failed", accepted.id(), e);
      return failed("server_error", "the model could not draw it: " + e);
    }
  }

  private Optional<Outcome> failed(String code, String message) {
    return Optional.of(Outcome.failed(queue.now(), code, message));
  }

  private Outcome outcome(List<FinishedClip> clips) {
    for (var clip : clips) {
      if (clip.verdict() == Verdict.Blocked) {
        return Outcome.blocked(
            queue.now(),
            "it is not delivered: %s; ask for something else"
                .formatted(clip.judged().map(PictureVerdict::reason).orElse("blocked")));
      }
      if (!clip.verdict().produced()) {
        return Outcome.failed(
            queue.now(),
            "server_error",
            "the model gave values that are no numbers; use another seed or guidance_scale");
      }
    }
    return Outcome.completed(queue.now(), clips.stream().map(Worker::files).toList());
  }

  private static Outcome.Files files(FinishedClip clip) {
    return new Outcome.Files(
        clip.video().map(Manifest.StoredFile::path).orElseThrow(),
        clip.poster().map(Manifest.StoredFile::path).orElseThrow());
  }

  private void idle() {
    context.progress().begin(IDLE, 0, 0);
  }
}
