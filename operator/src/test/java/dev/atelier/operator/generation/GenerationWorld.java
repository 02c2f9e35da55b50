package dev.atelier.operator.generation;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.generation.GenerationDecision.Forget;
import dev.atelier.operator.generation.GenerationDecision.Launch;
import dev.atelier.operator.generation.GenerationDecision.Suspend;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.testing.Departure;
import dev.atelier.operator.testing.FakeJobs;
import dev.atelier.operator.testing.Living;
import dev.atelier.operator.testing.Resources;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One GenerationJob, its model and runtime, and Jobs that end as the story wants. */
final class GenerationWorld implements Living {

  static final Duration ERASE_PAUSE = Duration.ofMinutes(5);
  private static final Duration PROGRESS = Duration.ofSeconds(10);

  final FakeJobs jobs = new FakeJobs();
  GenerationJob job;
  Optional<HeadshotModel> model = Optional.of(published("artifacts"));
  Optional<VideoGenerator> video = Optional.empty();
  Optional<DiffusionRuntime> runtime = Optional.of(Resources.runtime());
  Instant now = Resources.NOON;
  private JobsSeen late = seenNow();

  GenerationWorld(GenerationJob job) {
    this.job = job;
  }

  /** Ana's model, published in a claim. */
  static HeadshotModel published(String claim) {
    return published(claim, "grantedAt: \"2026-11-01T09:00:00Z\"");
  }

  /** The same with another consent. */
  static HeadshotModel published(String claim, String consent) {
    var model = Resources.model("grantedAt: \"2026-11-01T09:00:00Z\"", consent);
    model.setStatus(
        Resources.model(
                "limits: {retries: 2, activeDeadlineSeconds: 7200}",
                """
                limits: {retries: 2, activeDeadlineSeconds: 7200}
                status:
                  conditions: [{type: Ready, status: "True", reason: Published, message: ""}]
                  artifacts: [{name: manifest, uri: "pvc://CLAIM/studio/ana/manifest.json", sha256: "ab"}]
                """
                    .replace("CLAIM", claim))
            .getStatus());
    return model;
  }

  /** The same with a consent that ends. */
  static HeadshotModel agreedUntil(Instant end) {
    return published(
        "artifacts", "grantedAt: \"2026-11-01T09:00:00Z\", expiresAt: \"%s\"".formatted(end));
  }

  /** A base video model that is Ready. */
  static VideoGenerator filming() {
    return Resources.video(
        """
        status:
          conditions: [{type: Ready, status: "True", reason: Published, message: ""}]
        """);
  }

  /** A tuned video model, published in a claim. */
  static VideoGenerator filmingTrained(String claim) {
    return Resources.video(
        """
          dataset: {videos: {source: {pvc: {claimName: footage}}}}
          training: {stages: [{name: low, width: 320, height: 192, frames: 17, steps: 25}]}
        status:
          conditions: [{type: Ready, status: "True", reason: Published, message: ""}]
          artifacts: [{name: manifest, uri: "pvc://CLAIM/studio/clips/manifest.json", sha256: "ab"}]
        """
            .replace("CLAIM", claim));
  }

  GenerationDecision reconcile() {
    return reconcile(seen(seenNow()));
  }

  /** The same with caches that have not heard of what happened since they were remembered. */
  GenerationDecision reconcileLate() {
    return reconcile(seen(lateNow()));
  }

  /** Caches as they are now, for {@link #reconcileLate}. */
  @Override
  public void remember() {
    late = seenNow();
  }

  @Override
  public boolean leave(boolean lately) {
    return new Departure(jobs, lately ? lateNow() : seenNow(), runtime)
        .step(job, started(), ERASE_PAUSE);
  }

  @Override
  public boolean started() {
    var status = job.getStatus();
    return status != null && status.run() != null;
  }

  @Override
  public GenerationJob resource() {
    return job;
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

  /** Reconciles once; when the operator would look again without being told of anything. */
  Optional<Duration> recheck() {
    var before = Resources.copy(job);
    var seen = seen(seenNow());
    return GenerationRecheck.after(before, seen, reconcile(), now);
  }

  private GenerationDecision reconcile(GenerationObserved seen) {
    var decision = GenerationDecision.of(job, seen, ERASE_PAUSE, now);
    var next = NextGenerationStatus.of(job, seen, decision, PROGRESS, now);
    act(seen, decision);
    GenerationLeftovers.of(job, seen, decision, now).due().forEach(jobs::discard);
    job.setStatus(next);
    return decision;
  }

  private GenerationObserved seen(JobsSeen children) {
    return new GenerationObserved(
        runtime, model.map(DrawingModel::of).or(() -> video.map(DrawingModel::of)), children);
  }

  private JobsSeen seenNow() {
    return new JobsSeen(jobs.jobs(), jobs.pods(), List.of(), Map.of(), Map.of(), now);
  }

  private JobsSeen lateNow() {
    return new JobsSeen(late.jobs(), late.pods(), List.of(), Map.of(), Map.of(), now);
  }

  private void act(GenerationObserved seen, GenerationDecision decision) {
    if (decision instanceof Launch launch) {
      var spec = seen.runtime().orElseThrow().getSpec();
      jobs.apply(
          (Job) GenerationManifests.of(job, seen.model(), spec, launch.run(), "image").work(), now);
    } else if (decision instanceof Suspend suspend) {
      seen.jobs().stoppable(suspend.jobs()).forEach(jobs::delete);
    } else if (decision instanceof Forget forget) {
      jobs.take(
          forget.step(),
          seen.jobs(),
          StageKey.of(Owner.of(job), Stage.ERASE, forget.run()),
          seen.runtime());
    }
  }

  @Override
  public GenerationDecision settle() {
    for (int i = 0; i < 10; i++) {
      var before = job.getStatus();
      var children = jobs.jobs();
      var decision = reconcile();
      if (Objects.equals(before, job.getStatus()) && children.equals(jobs.jobs())) {
        return decision;
      }
    }
    throw new AssertionError("still changing after ten reconciliations");
  }

  /** A pod computes for a minute and ends, and the Job with it. */
  void draw(int exitCode, Optional<TerminationMessage> words) {
    jobs.start(currentJob(), now);
    settle();
    now = now.plusSeconds(60);
    jobs.end(currentJob(), exitCode, words, now);
    settle();
  }

  String currentJob() {
    return jobs.unfinished().get(0).getMetadata().getName();
  }

  GenerationJobStatus status() {
    return Objects.requireNonNull(job.getStatus());
  }

  @Override
  public List<Condition> conditions() {
    return status().conditions();
  }
}
