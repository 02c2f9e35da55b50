package dev.atelier.operator.headshot;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.operator.headshot.HeadshotDecision.Forget;
import dev.atelier.operator.headshot.HeadshotDecision.Launch;
import dev.atelier.operator.headshot.HeadshotDecision.Move;
import dev.atelier.operator.headshot.HeadshotDecision.Supersede;
import dev.atelier.operator.headshot.HeadshotDecision.Suspend;
import dev.atelier.operator.job.EraseManifests;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.testing.FakeJobs;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Told;
import dev.atelier.stage.Progress;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One HeadshotModel, its runtime, and Jobs that end as the story wants. No cluster, no clock. */
final class HeadshotWorld implements Told {

  static final Duration PROGRESS = Duration.ofSeconds(10);
  static final Duration ERASE_PAUSE = Duration.ofMinutes(5);

  final FakeJobs jobs = new FakeJobs();
  final List<Event> events = new ArrayList<>();
  final List<DiffusionRuntime> runtimes = new ArrayList<>(List.of(Resources.runtime()));
  HeadshotModel model;
  Map<String, Progress> progress = Map.of();
  Instant now = Resources.NOON;
  private JobsSeen late = seenNow();

  HeadshotWorld() {
    this(Resources.model());
  }

  HeadshotWorld(HeadshotModel model) {
    this.model = model;
  }

  /** One reconciliation: decide, write the status, act. */
  HeadshotDecision reconcile() {
    return reconcile(seenNow());
  }

  /** The same with caches that have not heard of what happened since they were remembered. */
  HeadshotDecision reconcileLate() {
    return reconcile(new JobsSeen(late.jobs(), late.pods(), late.troubles(), late.progress(), now));
  }

  /** Caches as they are now, for {@link #reconcileLate}. */
  void remember() {
    late = seenNow();
  }

  /** Reconciles until there is nothing more to do at once. */
  HeadshotDecision settle() {
    for (int i = 0; i < 10; i++) {
      var before = model.getStatus();
      var children = jobs.jobs();
      var decision = reconcile();
      if (Objects.equals(before, model.getStatus()) && children.equals(jobs.jobs())) {
        return decision;
      }
    }
    throw new AssertionError("still changing after ten reconciliations: " + status().conditions());
  }

  /** Reconciles once; when the operator would look again without being told of anything. */
  Optional<Duration> recheck() {
    var seen = observed(seenNow());
    return HeadshotRecheck.after(model, seen, reconcile(), now);
  }

  /** The running stage's pod starts, computes for a minute and ends. */
  void stage(int exitCode, Optional<TerminationMessage> words) {
    var job = currentJob();
    jobs.start(job, now);
    settle();
    pass(Duration.ofMinutes(1));
    jobs.end(job, exitCode, words, now);
    settle();
  }

  /** Name of the one Job that Kubernetes has not finished. */
  String currentJob() {
    return jobs.unfinished().stream()
        .map(job -> job.getMetadata().getName())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Job runs; " + status().conditions()));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** The user edits the spec. */
  void edit(UnaryOperator<HeadshotSpec> change) {
    model.setSpec(change.apply(model.getSpec()));
    model.getMetadata().setGeneration(model.getMetadata().getGeneration() + 1);
  }

  void suspend(boolean suspend) {
    edit(spec -> new Edit(spec).suspend(suspend));
  }

  void raiseNonce() {
    edit(spec -> new Edit(spec).nonce(spec.runNonce() + 1));
  }

  HeadshotStatus status() {
    return Objects.requireNonNull(model.getStatus());
  }

  @Override
  public List<Condition> conditions() {
    return status().conditions();
  }

  HeadshotObserved observed(JobsSeen seen) {
    var home =
        Optional.ofNullable(model.getStatus())
            .map(HeadshotStatus::run)
            .map(run -> run.runtime())
            .orElse(model.getSpec().runtimeRef().name());
    return new HeadshotObserved(runtime(model.getSpec().runtimeRef().name()), runtime(home), seen);
  }

  JobsSeen seenNow() {
    return new JobsSeen(jobs.jobs(), jobs.pods(), events, progress, now);
  }

  private HeadshotDecision reconcile(JobsSeen seen) {
    var observed = observed(seen);
    var decision = HeadshotDecision.of(model, observed, ERASE_PAUSE, now);
    var before = new HeadshotModel();
    before.setMetadata(model.getMetadata());
    before.setSpec(model.getSpec());
    before.setStatus(model.getStatus());
    model.setStatus(NextHeadshotStatus.of(model, observed, decision, PROGRESS, now));
    act(before, observed, decision);
    return decision;
  }

  private void act(HeadshotModel before, HeadshotObserved seen, HeadshotDecision decision) {
    if (decision instanceof Launch launch) {
      var children =
          HeadshotManifests.of(
              before,
              seen.runtime().orElseThrow().getSpec(),
              launch.run(),
              launch.spent().total(),
              "image");
      jobs.apply(children.job(), now);
    } else if (decision instanceof Supersede old) {
      seen.jobs().stoppable(old.jobs()).forEach(jobs::delete);
    } else if (decision instanceof Suspend suspend) {
      seen.jobs().stoppable(suspend.jobs()).forEach(jobs::delete);
    } else if (decision instanceof Forget forget) {
      erase(before, seen, forget.step());
    } else if (decision instanceof Move move) {
      erase(before, seen, move.step());
    }
  }

  private void erase(HeadshotModel before, HeadshotObserved seen, Erasure step) {
    if (step instanceof Erasure.Stop stop) {
      seen.jobs().stoppable(stop.jobs()).forEach(jobs::delete);
    } else if (step instanceof Erasure.Again again) {
      jobs.delete(again.job());
    } else if (step instanceof Erasure.Launch) {
      var run = Objects.requireNonNull(before.getStatus().run());
      Job job =
          EraseManifests.of(
                  StageKey.of(Owner.of(before), Stage.ERASE, run),
                  seen.home().orElseThrow().getSpec(),
                  "image",
                  "ConsentExpired",
                  true)
              .job();
      jobs.apply(job, now);
    }
  }

  private Optional<DiffusionRuntime> runtime(String name) {
    return runtimes.stream()
        .filter(runtime -> runtime.getMetadata().getName().equals(name))
        .findFirst();
  }
}
