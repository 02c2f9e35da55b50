package dev.atelier.operator.serving;

import static dev.atelier.api.ConditionType.Serving;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.Reason;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.job.Labels;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.run.RunCompanion;
import dev.atelier.operator.run.StagedStatus;
import dev.atelier.operator.serving.ServingDecision.Nothing;
import dev.atelier.operator.serving.ServingDecision.Remove;
import dev.atelier.operator.serving.ServingDecision.Serve;
import dev.atelier.operator.serving.ServingDecision.Tidy;
import dev.atelier.operator.serving.ServingDecision.Wait;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the status says of what serves a model: a pure function of what is and was decided. */
final class ServingStatus {

  private final VideoGeneratorSpec spec;
  private final RunCompanion.Turn turn;
  private final Owner owner;
  private final ServingReplicas pods;
  private final ConditionSet conditions;

  private ServingStatus(VideoGeneratorSpec spec, RunCompanion.Turn turn, ServingSeen seen) {
    this.spec = spec;
    this.turn = turn;
    this.owner = turn.staged().owner();
    this.pods = new ServingReplicas(seen);
    this.conditions =
        ConditionSet.of(turn.next().conditions(), turn.staged().generation(), turn.now());
  }

  /** The turn's status with it. */
  static StagedStatus of(
      VideoGeneratorSpec spec, RunCompanion.Turn turn, ServingSeen seen, ServingDecision decision) {
    return new ServingStatus(spec, turn, seen).say(decision);
  }

  /** A status with what the API server refused. */
  static StagedStatus refused(RunCompanion.Turn turn, StagedStatus status, String message) {
    var conditions =
        ConditionSet.of(status.conditions(), turn.staged().generation(), turn.now())
            .no(Serving, Reason.PodRefused, message);
    return status.with(conditions.toList(), status.serving());
  }

  private StagedStatus say(ServingDecision decision) {
    if (decision instanceof Nothing) {
      return spoken(conditions.without(Serving), null);
    }
    if (decision instanceof Remove || decision instanceof Tidy) {
      return ended(decision);
    }
    if (decision instanceof Wait wait) {
      return spoken(conditions.no(Serving, wait.reason(), wait.message()), null);
    }
    return spoken(served(decision), there());
  }

  private StagedStatus ended(ServingDecision decision) {
    var serving =
        decision instanceof Remove
            ? new VideoGeneratorStatus.Serving(pods.ready(), null, null)
            : null;
    if (ServingRules.erasing(turn.decision()) && spec.serving() != null) {
      return spoken(
          conditions.no(
              Serving,
              Reason.Erasing,
              "what the earlier run's runtime keeps is erased; nothing serves until a new model is published"),
          serving);
    }
    return spoken(
        serving == null
            ? conditions.without(Serving)
            : conditions.no(
                Serving, Reason.Pending, "spec.serving is gone; the pods that serve end"),
        serving);
  }

  private ConditionSet served(ServingDecision decision) {
    int wanted = spec.serving() == null ? 0 : ServingRules.replicas(spec, spec.serving());
    if (decision instanceof Serve && refused()) {
      return conditions.again(Serving);
    }
    if (wanted == 0) {
      return spec.suspend()
          ? conditions.no(Serving, Reason.Suspended, "spec.suspend is true; no pod serves")
          : conditions.no(Serving, Reason.Pending, "spec.serving.replicas is 0; raise it to serve");
    }
    if (!(decision instanceof Serve) && pods.complete(wanted)) {
      return conditions.yes(Serving, Reason.Serving, pods.count(wanted));
    }
    return pods.trouble()
        .map(
            trouble ->
                conditions.no(
                    Serving, trouble.reason(), pods.count(wanted) + "; " + trouble.message()))
        .orElseGet(() -> conditions.no(Serving, Reason.Pending, pods.count(wanted)));
  }

  /** Trying the same again is no news. */
  private boolean refused() {
    return conditions
        .find(Serving)
        .filter(one -> Reason.PodRefused.name().equals(one.getReason()))
        .isPresent();
  }

  private VideoGeneratorStatus.Serving there() {
    var selector =
        Labels.servingSelector(owner).entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
    return new VideoGeneratorStatus.Serving(pods.ready(), ServingManifests.url(owner), selector);
  }

  private StagedStatus spoken(ConditionSet said, VideoGeneratorStatus.@Nullable Serving serving) {
    return turn.next().with(said.toList(), serving);
  }
}
