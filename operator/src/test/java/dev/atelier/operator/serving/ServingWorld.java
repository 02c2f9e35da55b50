package dev.atelier.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.RuntimeRef;
import dev.atelier.api.SecretRef;
import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoGeneratorSpec.ServingSpec;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.run.RunCompanion;
import dev.atelier.operator.run.RunWorld;
import dev.atelier.operator.run.Staged;
import dev.atelier.operator.run.StagedStatus;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import dev.atelier.operator.video.VideoKind;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Result;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One VideoGenerator that is served, and a Deployment whose pods do as the story wants. */
final class ServingWorld extends RunWorld<VideoGenerator, VideoGeneratorStatus> {

  private static final String FOLDER = "studio/VideoGenerator/clips-7c8d9e0f/";
  private static final Optional<Isolation> FENCE =
      Optional.of(new Isolation("atelier-system", Set.of()));

  /** What every stage before the last says: the last of several pods names what it made. */
  private static final TerminationMessage WELL =
      new LastWords(Result.Succeeded, "StageDone", "done")
          .artifacts(
              List.of(
                  new Artifact("report", FOLDER + "report.html", "text/html", 7, "ab".repeat(32))))
          .say();

  final FakeServing cluster = new FakeServing();
  ServingDecision decision = new ServingDecision.Nothing();

  private ServingWorld(VideoGenerator video) {
    super(new VideoKind(), video);
  }

  /** A base model that is to be served by so many pods. */
  static ServingWorld base(int replicas) {
    return new ServingWorld(Resources.video("  serving: {replicas: %d}\n".formatted(replicas)));
  }

  /** A model that is to be tuned, then served by one pod. */
  static ServingWorld tuned() {
    return new ServingWorld(Resources.video(Resources.TRAINED + "  serving: {replicas: 1}\n"));
  }

  static Staged staged(VideoGenerator video) {
    return new VideoKind().of(video);
  }

  /** The run goes through its stages, and its gate says so. */
  void run(String gate) {
    settle();
    for (int i = 0; i < 4 && !jobs.unfinished().isEmpty(); i++) {
      var job = currentJob();
      if (job.contains("-evaluate-")) {
        stage(0, Words.evaluated(FOLDER + model.getStatus().run().id(), gate));
      } else {
        for (int pod = 0; pod < jobs.find(job).orElseThrow().getSpec().getCompletions(); pod++) {
          jobs.start(job, now);
          jobs.endPod(job, 0, "Completed", Optional.of(WELL), now);
        }
        jobs.conclude(job, 0, now);
        settle();
      }
    }
  }

  /** The same, and the pods are made and answer. */
  void published() {
    run("Passed");
    cluster.roll();
    settle();
  }

  /** The run whose model is served. */
  String servedRun() {
    return cluster.deployment.flatMap(ServedModel::of).orElseThrow().run();
  }

  /** Status and reason of the condition Serving, or nothing. */
  String serving() {
    return ConditionSet.find(told().conditions(), ConditionType.Serving)
        .map(found -> found.getStatus() + " " + found.getReason())
        .orElse("");
  }

  String servingMessage() {
    return ConditionSet.find(told().conditions(), ConditionType.Serving).orElseThrow().getMessage();
  }

  void serve(@Nullable ServingSpec serving) {
    edit(serving, model.getSpec().suspend(), model.getSpec().runNonce());
  }

  void serve(int replicas) {
    serve(new ServingSpec(replicas, null, null, null));
  }

  void serveBehind(String secret) {
    serve(new ServingSpec(1, null, new SecretRef(secret), null));
  }

  void suspend(boolean suspend) {
    edit(model.getSpec().serving(), suspend, model.getSpec().runNonce());
  }

  void raiseNonce() {
    edit(model.getSpec().serving(), false, model.getSpec().runNonce() + 1);
  }

  private void edit(@Nullable ServingSpec serving, boolean suspend, long nonce) {
    var spec = model.getSpec();
    model.setSpec(
        new VideoGeneratorSpec(
            spec.runtimeRef(),
            spec.dataset(),
            spec.training(),
            spec.evaluation(),
            serving,
            spec.limits(),
            suspend,
            nonce));
    model.getMetadata().setGeneration(model.getMetadata().getGeneration() + 1);
  }

  /** A new run on another runtime. */
  void moveTo(String runtime) {
    raiseNonce();
    var spec = model.getSpec();
    model.setSpec(
        new VideoGeneratorSpec(
            new RuntimeRef(runtime),
            spec.dataset(),
            spec.training(),
            spec.evaluation(),
            spec.serving(),
            spec.limits(),
            false,
            spec.runNonce()));
  }

  @Override
  public boolean leave(boolean lately) {
    boolean serves = alive();
    var before = erasures();
    cluster.stop(now);
    boolean gone = super.leave(lately);
    assertThat(serves && erasures() > before)
        .as("nothing is erased while pods that serve may write")
        .isFalse();
    return gone;
  }

  @Override
  protected boolean alive() {
    return seen().alive();
  }

  @Override
  protected StagedStatus beside(RunCompanion.Turn turn) {
    var seen = seen();
    decision = ServingDecision.of(model, turn, seen, "image", FENCE);
    var status = ServingStatus.of(model.getSpec(), turn, seen, decision);
    cluster.act(decision, now);
    return status;
  }

  private long erasures() {
    return jobs.jobs().stream()
        .filter(job -> job.getMetadata().getName().contains("-erase-"))
        .count();
  }

  private ServingSeen seen() {
    return cluster.seen(events, staged(model).owner());
  }
}
