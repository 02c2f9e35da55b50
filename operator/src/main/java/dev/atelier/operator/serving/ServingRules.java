package dev.atelier.operator.serving;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.Reason;
import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoGeneratorSpec.ServingSpec;
import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.job.RuntimeAccess;
import dev.atelier.operator.job.RuntimeAccess.Obstacle;
import dev.atelier.operator.run.RunCompanion;
import dev.atelier.operator.run.RunDecision;
import dev.atelier.operator.serving.ServingDecision.Keep;
import dev.atelier.operator.serving.ServingDecision.Nothing;
import dev.atelier.operator.serving.ServingDecision.Remove;
import dev.atelier.operator.serving.ServingDecision.Scale;
import dev.atelier.operator.serving.ServingDecision.Serve;
import dev.atelier.operator.serving.ServingDecision.Tidy;
import dev.atelier.operator.serving.ServingDecision.Wait;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** The rules of what serves a model, from top to bottom in the order of their weight. */
final class ServingRules {

  private final VideoGeneratorSpec spec;
  private final RunCompanion.Turn turn;
  private final ServingSeen seen;
  private final String defaultImage;
  private final Optional<Isolation> isolation;

  ServingRules(
      VideoGenerator video,
      RunCompanion.Turn turn,
      ServingSeen seen,
      String defaultImage,
      Optional<Isolation> isolation) {
    this.spec = video.getSpec();
    this.turn = turn;
    this.seen = seen;
    this.defaultImage = defaultImage;
    this.isolation = isolation;
  }

  ServingDecision decide() {
    var serving = spec.serving();
    if (serving == null || erasing(turn.decision())) {
      return end();
    }
    if (!seen.supported()) {
      return new Wait(
          Reason.NotSupported,
          "this cluster has no Deployments (apps/v1); remove spec.serving and use GenerationJobs");
    }
    if (seen.leaving()) {
      return new Wait(Reason.Pending, "waiting for the last pods that serve to end");
    }
    return model()
        .map(model -> serve(serving, model))
        .orElseGet(() -> new Wait(Reason.Pending, "waiting for a published model" + why()));
  }

  /** Pods that serve read and write what is to be erased. */
  static boolean erasing(RunDecision decision) {
    return decision instanceof RunDecision.Move || decision instanceof RunDecision.Forget;
  }

  /** Pods that should serve. */
  static int replicas(VideoGeneratorSpec spec, ServingSpec serving) {
    return spec.suspend() ? 0 : serving.replicas();
  }

  private ServingDecision serve(ServingSpec serving, ServedModel model) {
    int replicas = replicas(spec, serving);
    var obstacle = obstacle();
    if (obstacle.isPresent()) {
      return seen.deployment()
          .map(there -> ServingSeen.replicas(there) == replicas ? new Keep() : new Scale(replicas))
          .orElseGet(() -> new Wait(obstacle.get().reason(), obstacle.get().message()));
    }
    var runtime = turn.seen().runtime().map(DiffusionRuntime::getSpec).orElseThrow();
    var children =
        new ServingManifests(
                turn.staged().owner(),
                new ServingInputs(spec, serving),
                runtime,
                Optional.ofNullable(runtime.image()).orElse(defaultImage),
                isolation)
            .of(model, replicas);
    return seen.holds(children) ? new Keep() : new Serve(children);
  }

  /** The newest published model; while there is none, the one that is served already. */
  private Optional<ServedModel> model() {
    return ServedModel.published(spec.training() != null, turn.next())
        .or(() -> seen.deployment().flatMap(ServedModel::of));
  }

  /** Obstacles keep pods from being made anew; those that are there stay. */
  private Optional<Obstacle> obstacle() {
    return turn.staged()
        .unsupported()
        .map(values -> new Obstacle(Reason.NotSupported, values))
        .or(
            () ->
                RuntimeAccess.obstacle(
                    spec.runtimeRef().name(),
                    turn.seen().runtime(),
                    turn.staged().owner().namespace()));
  }

  private ServingDecision end() {
    if (seen.alive() || seen.service().isPresent()) {
      return new Remove();
    }
    return turn.next().serving() == null ? new Nothing() : new Tidy();
  }

  /** Not the progress, which would be written twice with every step. */
  private String why() {
    return ConditionSet.find(turn.next().conditions(), ConditionType.Ready)
        .map(Condition::getReason)
        .map(" (now: %s)"::formatted)
        .orElse("");
  }
}
