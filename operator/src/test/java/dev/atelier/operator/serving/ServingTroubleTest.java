package dev.atelier.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.run.RunCompanion;
import dev.atelier.operator.run.RunDecision;
import dev.atelier.operator.serving.ServingDecision.Keep;
import dev.atelier.operator.serving.ServingDecision.Serve;
import dev.atelier.operator.shared.UnknownValues;
import dev.atelier.operator.testing.Words;
import dev.atelier.operator.video.VideoKind;
import dev.atelier.stage.StageJson;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps a model from being served is said on the resource; its Ready is about the model. */
class ServingTroubleTest {

  private final ServingWorld world = ServingWorld.base(1);

  @Test
  void anImageThatCannotBePulled() {
    told(waiting("ImagePullBackOff", "Back-off pulling image"));

    assertThat(world.serving()).isEqualTo("False ImagePullFailed");
    assertThat(world.servingMessage())
        .isEqualTo(
            "0 of 1 pods answer; pod clips-serve-0: ImagePullBackOff: Back-off pulling image");
    assertThat(world.ready()).isEqualTo("True Published");
  }

  @Test
  void aSecretThatIsMissing() {
    world.events.add(
        new EventBuilder()
            .withReason("FailedMount")
            .withNewInvolvedObject()
            .withUid("serving-0")
            .endInvolvedObject()
            .withMessage("secret \"keys\" not found")
            .build());
    told(waiting("ContainerCreating", ""));

    assertThat(world.serving()).isEqualTo("False MountFailed");
    assertThat(world.servingMessage()).contains("secret \"keys\" not found");
  }

  @Test
  void noNodeThatFits() {
    told(
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/3 nodes are available")
            .endCondition()
            .build());

    assertThat(world.serving()).isEqualTo("False Unschedulable");
  }

  @Test
  void lastWordsOfAPodThatStartsAgainAndAgain() {
    var words = StageJson.fit(Words.failed("BadInput", "model wan has no vae").orElseThrow());
    told(
        new PodStatusBuilder()
            .withPhase("Running")
            .addNewContainerStatus()
            .withName("runtime")
            .withState(
                new ContainerStateBuilder()
                    .withNewWaiting("back-off 10s", "CrashLoopBackOff")
                    .build())
            .withLastState(
                new ContainerStateBuilder()
                    .withNewTerminated()
                    .withExitCode(42)
                    .withMessage(words)
                    .endTerminated()
                    .build())
            .endContainerStatus()
            .build());

    assertThat(world.serving()).isEqualTo("False BadInput");
    assertThat(world.servingMessage()).endsWith("pod clips-serve-0: model wan has no vae");
  }

  @Test
  void aQuotaThatTheDeploymentRunsInto() {
    world.run("Passed");
    world.cluster.controller(
        one ->
            new DeploymentBuilder(one)
                .withNewStatus()
                .withObservedGeneration(1L)
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withMessage("pods \"x\" is forbidden: exceeded quota: studio")
                .endCondition()
                .endStatus()
                .build());
    world.settle();

    assertThat(world.serving()).isEqualTo("False QuotaPending");
    assertThat(world.servingMessage()).endsWith("exceeded quota: studio");
  }

  @Test
  void aClusterWithoutDeployments() {
    world.cluster.supported = false;
    world.run("Passed");

    assertThat(world.serving()).isEqualTo("False NotSupported");
    assertThat(world.servingMessage()).contains("apps/v1", "remove spec.serving");
    assertThat(world.ready()).isEqualTo("True Published");
    assertThat(world.cluster.deployment).isEmpty();
  }

  @Test
  void aStageFileThatSomebodyDeletedComesBack() {
    world.run("Passed");
    world.settle();
    var name = world.cluster.stageFile.orElseThrow().getMetadata().getName();
    world.events.add(
        new EventBuilder()
            .withReason("FailedMount")
            .withNewInvolvedObject()
            .withUid("serving-0")
            .endInvolvedObject()
            .withMessage("configmap \"%s\" not found".formatted(name))
            .build());
    world.cluster.pod(waiting("ContainerCreating", ""));
    world.reconcile();

    assertThat(world.decision).isInstanceOf(Serve.class);
  }

  @Test
  void aServiceOrADeploymentThatSomebodyDeletedComesBack() {
    world.published();
    world.cluster.service = Optional.empty();
    world.reconcile();
    assertThat(world.cluster.service).isPresent();

    world.cluster.deployment = Optional.empty();
    world.reconcile();
    assertThat(world.cluster.deployment).isPresent();
  }

  @Test
  void aDeploymentThatSomebodyScaledIsScaledBack() {
    world.published();
    world.cluster.controller(
        one -> new DeploymentBuilder(one).editSpec().withReplicas(5).endSpec().build());
    world.reconcile();

    assertThat(world.cluster.deployment.orElseThrow().getSpec().getReplicas()).isEqualTo(1);
  }

  @Test
  void whatServesStaysWhenItsRuntimeIsGoneAndCanStillBeStopped() {
    world.published();
    world.runtimes.clear();
    world.settle();
    assertThat(world.decision).isInstanceOf(Keep.class);
    assertThat(world.serving()).isEqualTo("True Serving");

    world.serve(0);
    world.settle();
    assertThat(world.cluster.deployment.orElseThrow().getSpec().getReplicas()).isZero();
  }

  @Test
  void nothingNewIsServedByASpecThatOnlyANewerReleaseKnows() {
    world.run("Passed");
    world.cluster.deployment = Optional.empty();
    world
        .model
        .getMetadata()
        .setAnnotations(Map.of("atelier.dev/unknown-values", "spec.serving.apis '[Sounds]'"));
    assertThat(UnknownValues.of(world.model)).isPresent();
    world.reconcile();

    assertThat(world.serving()).isEqualTo("False NotSupported");
    assertThat(world.cluster.deployment).isEmpty();
  }

  @Test
  void aRefusalIsSaidOnceUntilItsReasonIsGone() {
    world.run("Passed");
    world.cluster.deployment = Optional.empty();
    world.model.setStatus(refused());
    var before = ConditionSet.find(world.told().conditions(), ConditionType.Serving);
    world.reconcile();
    assertThat(ConditionSet.find(world.told().conditions(), ConditionType.Serving))
        .isEqualTo(before);

    world.cluster.roll();
    world.settle();
    assertThat(world.serving()).isEqualTo("True Serving");
  }

  private VideoGeneratorStatus refused() {
    var turn =
        new RunCompanion.Turn(
            world.staged(),
            world.observed(world.seenNow()),
            new RunDecision.Rest(),
            world.told(),
            world.now);
    return new VideoKind()
        .status(world.model, ServingStatus.refused(turn, world.told(), "denied by a webhook"));
  }

  private void told(PodStatus status) {
    world.run("Passed");
    world.cluster.pod(status);
    world.settle();
  }

  private static PodStatus waiting(String reason, String message) {
    return new PodStatusBuilder()
        .withPhase("Pending")
        .addNewContainerStatus()
        .withName("runtime")
        .withNewState()
        .withNewWaiting(message, reason)
        .endState()
        .endContainerStatus()
        .build();
  }
}
