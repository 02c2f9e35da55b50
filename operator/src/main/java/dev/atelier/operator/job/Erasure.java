package dev.atelier.operator.job;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next step on the way to nothing being left: everything that writes is stopped first, then one
 * Job erases and verifies.
 */
public sealed interface Erasure {

  /** Between a failed erase Job and the next, however long it has been failing. */
  Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** Until the runtime of files is looked for again. */
  Duration HOMELESS_RECHECK = Duration.ofSeconds(30);

  /** These Jobs still write, or may. */
  record Stop(List<String> jobs) implements Erasure {}

  /** Nothing writes any more: start the erase Job. */
  record Launch() implements Erasure {}

  /** Something is under way. */
  record Wait(String message) implements Erasure {}

  /** Everything is erased and verified. */
  record Done(TerminationMessage words) implements Erasure {}

  /**
   * The erase Job gave up.
   *
   * @param message for a person
   * @param recheck when the next one may start
   */
  record Failed(String message, Duration recheck) implements Erasure {}

  /** The failed erase Job has rested long enough: remove it, so that another can start. */
  record Again(String job) implements Erasure {}

  /** The erase Job when the resource is deleted; an erasure after expired consent is another. */
  static StageKey onDeletion(Owner owner) {
    return new StageKey(owner, Stage.ERASE, owner.shortUid(), 1);
  }

  /**
   * How long a failed erase Job rests: half of the time that has been tried so far, so that a store
   * that is down for long is asked more and more rarely, but at least once an hour.
   *
   * @param shortest pause
   * @param since when it was tried first
   */
  static Duration pause(Duration shortest, Instant since, Instant now) {
    var half = Duration.between(since, now).dividedBy(2);
    var capped = half.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : half;
    return capped.compareTo(shortest) > 0 ? capped : shortest;
  }

  /**
   * Decides.
   *
   * @param key of the erase Job
   * @param pause between a failed erase Job and the next
   */
  static Erasure next(StageKey key, JobsSeen seen, Duration pause, Instant now) {
    var job = key.jobName();
    var writing = seen.alive().stream().filter(name -> !name.equals(job)).toList();
    if (!writing.isEmpty()) {
      return new Stop(seen.job(job).isEmpty() ? writing : and(writing, job));
    }
    if (seen.served()) {
      return seen.job(job).isEmpty()
          ? new Wait("waiting for the pods that serve to end")
          : new Stop(List.of(job));
    }
    var state = seen.state(job);
    if (state instanceof StageState.Absent) {
      return seen.quiet() ? new Launch() : new Wait("waiting for the last pods to end");
    }
    if (state instanceof StageState.Done done) {
      return done.words().isEmpty() ? new Again(job) : new Done(done.words().get(0));
    }
    if (state instanceof StageState.Broken broken) {
      var rested = failedAt(seen, job).map(at -> Duration.between(at, now)).orElse(pause);
      return rested.compareTo(pause) >= 0
          ? new Again(job)
          : new Failed(broken.message(), pause.minus(rested));
    }
    return state instanceof StageState.Waiting waiting
        ? new Wait(waiting.message())
        : new Wait("erasing everything of " + key.owner().name());
  }

  /**
   * The same where the runtime that keeps the files may be gone, and with it the knowledge where
   * they are.
   *
   * @param home the runtime, if it is there
   * @param name of the runtime
   */
  static Erasure next(
      StageKey key,
      JobsSeen seen,
      Optional<DiffusionRuntime> home,
      String name,
      Duration pause,
      Instant now) {
    var step = next(key, seen, pause, now);
    return step instanceof Launch && home.isEmpty()
        ? new Failed(
            "DiffusionRuntime '%s' is gone, and with it the knowledge where the files are; create it again"
                .formatted(name),
            HOMELESS_RECHECK)
        : step;
  }

  /** What was erased while something still wrote, because a cache was late, is erased again. */
  private static List<String> and(List<String> writing, String erase) {
    return Stream.concat(writing.stream(), Stream.of(erase)).toList();
  }

  private static Optional<Instant> failedAt(JobsSeen seen, String job) {
    return seen.job(job).flatMap(JobEnd::of).flatMap(JobEnd::at);
  }
}
