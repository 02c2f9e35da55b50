package dev.atelier.operator.serving;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.RuntimeRef;
import dev.atelier.api.SecretRef;
import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoGeneratorSpec.ServingSpec;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.run.BesideRuns;
import dev.atelier.operator.run.RunWorld;
import dev.atelier.operator.run.Staged;
import dev.atelier.operator.run.StagedStatus;
import dev.atelier.operator.serving.ServingDecision.Remove;
import dev.atelier.operator.serving.ServingDecision.Scale;
import dev.atelier.operator.serving.ServingDecision.Serve;
import dev.atelier.operator.serving.ServingDecision.Tidy;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import dev.atelier.operator.video.VideoKind;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.ServeInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Result;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  boolean supported = true;
  boolean policy;
  Optional<Deployment> deployment = Optional.empty();
  Optional<Service> service = Optional.empty();
  Optional<ConfigMap> stageFile = Optional.empty();
  ServingDecision decision = new ServingDecision.Nothing();
  private List<Pod> pods = new ArrayList<>();

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
    roll();
    settle();
  }

  /** Kubernetes makes the pods that the Deployment asks for, all of them ready. */
  void roll() {
    pods = new ArrayList<>();
    int wanted = ServingSeen.replicas(deployment.orElseThrow());
    for (int i = 0; i < wanted; i++) {
      pod(
          new PodStatusBuilder()
              .withPhase("Running")
              .addNewCondition()
              .withType("Ready")
              .withStatus("True")
              .endCondition()
              .build());
    }
    count(wanted);
  }

  /** Kubernetes makes one pod that is not ready. */
  void pod(PodStatus status) {
    pods.add(
        new PodBuilder()
            .withNewMetadata()
            .withName("clips-serve-" + pods.size())
            .withNamespace("studio")
            .withUid("serving-" + pods.size())
            .endMetadata()
            .withStatus(status)
            .build());
  }

  /** The pods that were told to stop are gone, and the Deployment after them. */
  void podsEnd() {
    pods = new ArrayList<>();
    deployment = deployment.filter(one -> one.getMetadata().getDeletionTimestamp() == null);
  }

  /** The Deployment's controller saw the newest spec and counts so many ready pods. */
  void count(int ready) {
    controller(
        found ->
            new DeploymentBuilder(found)
                .editOrNewStatus()
                .withObservedGeneration(found.getMetadata().getGeneration())
                .withReplicas(ready)
                .withUpdatedReplicas(ready)
                .withReadyReplicas(ready)
                .endStatus()
                .build());
  }

  void controller(UnaryOperator<Deployment> change) {
    deployment = deployment.map(change);
  }

  /** What the pods are told to do. */
  ServeInput input() {
    try {
      var text = stageFile.orElseThrow().getData().get("stage.yaml");
      return (ServeInput) StageJson.read(text).stage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run whose model is served. */
  String servedRun() {
    return deployment.flatMap(ServedModel::of).orElseThrow().run();
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
    deployment = deployment.map(this::told);
    return super.leave(lately);
  }

  @Override
  protected boolean alive() {
    return seen().alive();
  }

  @Override
  protected StagedStatus beside(BesideRuns.Turn turn) {
    var seen = seen();
    decision = ServingDecision.of(model, turn, seen, "image", FENCE);
    var status = ServingStatus.of(model.getSpec(), turn, seen, decision);
    act(decision);
    return status;
  }

  private ServingSeen seen() {
    return new ServingSeen(supported, deployment, service, pods, events).of(staged(model).owner());
  }

  private void act(ServingDecision next) {
    if (next instanceof Serve serve) {
      var before = deployment;
      stageFile = Optional.of(serve.children().stageFile());
      policy = serve.children().policy().isPresent();
      service = Optional.of(serve.children().service());
      deployment =
          Optional.of(
              new DeploymentBuilder(serve.children().deployment())
                  .editMetadata()
                  .withGeneration(
                      before.map(one -> one.getMetadata().getGeneration()).orElse(0L) + 1)
                  .endMetadata()
                  .withStatus(before.map(Deployment::getStatus).orElse(null))
                  .build());
    } else if (next instanceof Scale scale) {
      controller(
          one ->
              new DeploymentBuilder(one)
                  .editSpec()
                  .withReplicas(scale.replicas())
                  .endSpec()
                  .build());
    } else if (next instanceof Remove) {
      deployment = deployment.map(this::told);
      service = Optional.empty();
      stageFile = Optional.empty();
    } else if (next instanceof Tidy) {
      policy = false;
    }
  }

  /** Told to stop; foreground deletion keeps it until its pods are gone. */
  private Deployment told(Deployment one) {
    one.getMetadata()
        .setDeletionTimestamp(
            Objects.requireNonNullElse(one.getMetadata().getDeletionTimestamp(), now.toString()));
    return one;
  }
}
