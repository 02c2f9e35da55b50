package dev.atelier.operator.run;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.run.RunDecision.Forget;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Move;
import dev.atelier.operator.run.RunDecision.Supersede;
import dev.atelier.operator.run.RunDecision.Suspend;
import dev.atelier.operator.testing.Departure;
import dev.atelier.operator.testing.FakeJobs;
import dev.atelier.operator.testing.Living;
import dev.atelier.operator.testing.Resources;
import dev.atelier.stage.Progress;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One resource, its runtime, and Jobs that end as the story wants. No cluster, no clock. */
public abstract class RunWorld<P extends CustomResource<?, S>, S> implements Living {

  public static final Duration PROGRESS = Duration.ofSeconds(10);
  public static final Duration ERASE_PAUSE = Duration.ofMinutes(5);

  public final FakeJobs jobs = new FakeJobs();
  public final List<Event> events = new ArrayList<>();
  public final List<DiffusionRuntime> runtimes = new ArrayList<>(List.of(Resources.runtime()));
  public P model;
  public Map<String, String> queues = Map.of();
  public Map<String, Progress> progress = Map.of();
  public boolean jobSets;
  public Instant now = Resources.NOON;
  private final StagedKind<P, S> kind;
  private JobsSeen late = seenNow();

  /** A resource of a kind. */
  protected RunWorld(StagedKind<P, S> kind, P model) {
    this.kind = kind;
    this.model = model;
  }

  /** The resource as the rules see it. */
  public Staged staged() {
    return kind.of(model);
  }

  /** One reconciliation: decide, write the status, act. */
  public RunDecision reconcile() {
    return reconcile(seenNow());
  }

  /** The same with caches that have not heard of what happened since they were remembered. */
  public RunDecision reconcileLate() {
    return reconcile(lateNow());
  }

  @Override
  public boolean leave(boolean lately) {
    var seen = observed(lately ? lateNow() : seenNow());
    return new Departure(jobs, seen.jobs(), seen.home()).step(model, started(), ERASE_PAUSE);
  }

  @Override
  public boolean started() {
    var status = staged().status();
    return status != null && status.run() != null;
  }

  private JobsSeen lateNow() {
    return new JobsSeen(
        late.jobs(), late.pods(), late.troubles(), late.queues(), late.progress(), now);
  }

  /** Caches as they are now, for {@link #reconcileLate}. */
  @Override
  public void remember() {
    late = seenNow();
  }

  @Override
  public RunDecision settle() {
    for (int i = 0; i < 10; i++) {
      var before = model.getStatus();
      var children = jobs.jobs();
      var decision = reconcile();
      if (Objects.equals(before, model.getStatus()) && children.equals(jobs.jobs())) {
        return decision;
      }
    }
    throw new AssertionError("still changing after ten reconciliations: " + told().conditions());
  }

  /** Reconciles once; when the operator would look again without being told of anything. */
  public Optional<Duration> recheck() {
    var seen = observed(seenNow());
    var staged = staged();
    return RunRecheck.after(staged, seen, reconcile(), now);
  }

  /** The running stage's pod starts, computes for a minute and ends. */
  public void stage(int exitCode, Optional<TerminationMessage> words) {
    var job = currentJob();
    jobs.start(job, now);
    settle();
    pass(Duration.ofMinutes(1));
    jobs.end(job, exitCode, words, now);
    settle();
  }

  /** Name of the one Job that Kubernetes has not finished. */
  public String currentJob() {
    return jobs.unfinished().stream()
        .map(job -> job.getMetadata().getName())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Job runs; " + told().conditions()));
  }

  @Override
  public HasMetadata resource() {
    return model;
  }

  @Override
  public FakeJobs jobs() {
    return jobs;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** What the status says. */
  public StagedStatus told() {
    return Objects.requireNonNull(staged().status());
  }

  @Override
  public List<Condition> conditions() {
    return told().conditions();
  }

  public RunObserved observed(JobsSeen seen) {
    var home =
        Optional.ofNullable(staged().status())
            .map(StagedStatus::run)
            .map(run -> run.runtime())
            .orElse(staged().spec().runtime());
    return new RunObserved(
        runtime(staged().spec().runtime()), runtime(home), seen.beside(alive()), jobSets);
  }

  public JobsSeen seenNow() {
    return new JobsSeen(jobs.jobs(), jobs.pods(), events, queues, progress, now);
  }

  /** Whether pods beside the runs may be there. */
  protected boolean alive() {
    return false;
  }

  /** The next step beside the runs; the turn's status with what it says. */
  protected StagedStatus beside(RunCompanion.Turn turn) {
    return turn.next();
  }

  private RunDecision reconcile(JobsSeen seen) {
    var observed = observed(seen);
    var staged = staged();
    var decision = RunDecision.of(staged, observed, ERASE_PAUSE, now);
    P before = Serialization.clone(model);
    var next = NextRunStatus.of(staged, observed, decision, PROGRESS, now);
    model.setStatus(
        kind.status(model, beside(new RunCompanion.Turn(staged, observed, decision, next, now))));
    act(before, observed, decision);
    RunLeftovers.of(staged, observed, decision, now).due().forEach(jobs::discard);
    return decision;
  }

  private void act(P before, RunObserved seen, RunDecision decision) {
    if (decision instanceof Launch launch) {
      var children =
          RunManifests.of(
              kind,
              before,
              seen.runtime().orElseThrow().getSpec(),
              launch.run(),
              launch.spent().total(),
              "image");
      jobs.apply((Job) children.work(), now);
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

  private void erase(P before, RunObserved seen, Erasure step) {
    var status = kind.of(before).status();
    if (status != null && status.run() != null) {
      var key = StageKey.of(Owner.of(before), Stage.ERASE, status.run());
      jobs.take(step, seen.jobs(), key, seen.home());
    }
  }

  private Optional<DiffusionRuntime> runtime(String name) {
    return runtimes.stream()
        .filter(runtime -> runtime.getMetadata().getName().equals(name))
        .findFirst();
  }
}
