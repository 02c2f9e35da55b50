package dev.atelier.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.serving.ServingDecision.Keep;
import dev.atelier.operator.serving.ServingDecision.Nothing;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import org.junit.jupiter.api.Test;

/** A model that is served, from its publication to its end. */
class ServingStoriesTest {

  private static final String URL = "http://clips-serve.studio.svc/v1";

  private ServingWorld world = ServingWorld.tuned();

  @Test
  void nothingServesBeforeThereIsAModel() {
    world.settle();

    assertThat(world.cluster.deployment).isEmpty();
    assertThat(world.serving()).isEqualTo("False Pending");
    assertThat(world.servingMessage()).isEqualTo("waiting for a published model (now: Preparing)");
    assertThat(world.model.getStatus().serving()).isNull();
  }

  @Test
  void whatIsPublishedIsServedAndTheStatusSaysWhereAndHowManyAnswer() {
    world.run("Passed");

    assertThat(world.ready()).as("says nothing of serving").isEqualTo("True Published");
    assertThat(world.serving()).isEqualTo("False Pending");
    assertThat(world.servingMessage()).isEqualTo("0 of 1 pods answer");
    assertThat(world.cluster.input().tuned().sha256()).isEqualTo("ab".repeat(32));
    assertThat(world.cluster.input().clip().frames()).as("what was learned last").isEqualTo(17);

    world.cluster.roll();
    world.settle();
    assertThat(world.serving()).isEqualTo("True Serving");
    assertThat(world.model.getStatus().serving())
        .isEqualTo(
            new VideoGeneratorStatus.Serving(
                1, URL, "app.kubernetes.io/component=serve,atelier.dev/serving=clips"));
  }

  @Test
  void aSecondReconcileFindsAllAsItShouldBe() {
    world.published();
    var status = world.model.getStatus();

    world.reconcile();

    assertThat(world.decision).isInstanceOf(Keep.class);
    assertThat(world.model.getStatus()).isEqualTo(status);
  }

  @Test
  void aBaseModelIsServedAsItIs() {
    world = ServingWorld.base(2);
    world.published();

    assertThat(world.serving()).isEqualTo("True Serving");
    assertThat(world.servingMessage()).isEqualTo("2 of 2 pods answer");
    assertThat(world.cluster.input().tuned()).isNull();
  }

  @Test
  void whileANewModelIsTrainedTheEarlierOneStaysAndThenTheNewOneRollsOut() {
    world.published();
    var earlier = world.servedRun();
    world.raiseNonce();
    world.settle();
    assertThat(world.ready()).isEqualTo("False Preparing");
    assertThat(world.model.getStatus().artifacts()).isEmpty();
    assertThat(world.decision).isInstanceOf(Keep.class);
    assertThat(world.serving()).isEqualTo("True Serving");

    world.run("Passed");
    assertThat(world.servedRun()).startsWith("r2-").isNotEqualTo(earlier);
    assertThat(world.serving()).isEqualTo("False Pending");
    world.cluster.roll();
    world.settle();
    assertThat(world.serving()).isEqualTo("True Serving");
  }

  @Test
  void aModelThatItsGateRefusesIsNotServedAndTheEarlierOneStays() {
    world.published();
    var earlier = world.servedRun();
    world.raiseNonce();
    world.run("Failed");

    assertThat(world.ready()).isEqualTo("False GateFailed");
    assertThat(world.servedRun()).isEqualTo(earlier);
    assertThat(world.serving()).isEqualTo("True Serving");
  }

  @Test
  void aKeyThatIsSetDuringATrainingIsAskedForByTheEarlierModelToo() {
    world.published();
    var earlier = world.servedRun();
    world.raiseNonce();
    world.settle();
    world.serveBehind("keys");
    world.settle();

    assertThat(world.cluster.input().credentials()).isEqualTo("/etc/atelier-credentials/serving");
    assertThat(world.cluster.input().tuned().manifest()).contains(earlier);
    assertThat(world.servedRun()).isEqualTo(earlier);
  }

  @Test
  void suspendStopsEveryPodAndGoingOnStartsThem() {
    world.published();
    world.suspend(true);
    world.settle();
    assertThat(world.cluster.deployment.orElseThrow().getSpec().getReplicas()).isZero();
    assertThat(world.serving()).isEqualTo("False Suspended");
    assertThat(world.ready()).isEqualTo("True Published");

    world.suspend(false);
    world.settle();
    world.cluster.roll();
    world.settle();
    assertThat(world.serving()).isEqualTo("True Serving");
  }

  @Test
  void asManyPodsServeAsTheSpecSaysAlsoNone() {
    world.published();
    world.serve(3);
    world.settle();
    assertThat(world.servingMessage()).isEqualTo("1 of 3 pods answer");
    world.cluster.roll();
    world.settle();
    assertThat(world.model.getStatus().serving().replicas()).isEqualTo(3);

    world.serve(0);
    world.settle();
    assertThat(world.cluster.deployment.orElseThrow().getSpec().getReplicas()).isZero();
    assertThat(world.servingMessage()).contains("spec.serving.replicas is 0");
  }

  @Test
  void withoutItsFieldAllOfItGoesAndTheModelStays() {
    world.published();
    world.serve(null);
    world.reconcile();
    assertThat(world.serving()).isEqualTo("False Pending");
    assertThat(world.cluster.policy).as("fences the pods until they end").isTrue();
    assertThat(world.cluster.service).isEmpty();

    world.cluster.podsEnd();
    world.settle();
    assertThat(world.decision).isInstanceOf(Nothing.class);
    assertThat(world.serving()).as("no condition").isEmpty();
    assertThat(world.model.getStatus().serving()).isNull();
    assertThat(world.cluster.policy).isFalse();
    assertThat(world.ready()).isEqualTo("True Published");
  }

  @Test
  void whatIsAskedForAgainWhileItGoesComesBackAfterwards() {
    world.published();
    world.serve(null);
    world.settle();
    world.serve(1);
    world.settle();
    assertThat(world.servingMessage()).contains("waiting for the last pods");

    world.cluster.podsEnd();
    world.settle();
    assertThat(world.servingMessage()).isEqualTo("0 of 1 pods answer");
  }

  @Test
  void filesAreErasedOnlyWhenThePodsThatServeAreGone() {
    world.published();
    world.model.getMetadata().setDeletionTimestamp(world.now.toString());

    assertThat(world.leave(false)).isFalse();
    assertThat(world.cluster.deployment.orElseThrow().getMetadata().getDeletionTimestamp())
        .isNotNull();
    assertThat(world.leave(false)).isFalse();
    assertThat(world.jobs.unfinished()).as("nothing is erased yet").isEmpty();

    world.cluster.podsEnd();
    assertThat(world.leave(false)).isFalse();
    assertThat(world.currentJob()).contains("-erase-");
    world.jobs.start(world.currentJob(), world.now);
    world.jobs.end(world.currentJob(), 0, Words.done("erased"), world.now);
    assertThat(world.leave(false)).isTrue();
  }

  @Test
  void aMoveToAnotherStorageEndsThePodsBeforeItErases() {
    world = ServingWorld.base(1);
    world.published();
    world.runtimes.add(Resources.runtime("name: sd15,", "name: other,"));
    world.moveTo("other");
    world.settle();
    assertThat(world.serving()).isEqualTo("False Erasing");
    assertThat(world.jobs.unfinished()).isEmpty();

    world.cluster.podsEnd();
    world.settle();
    assertThat(world.currentJob()).contains("-erase-");
    world.stage(0, Words.done("erased"));
    assertThat(world.cluster.deployment).isEmpty();
    world.published();
    assertThat(world.serving()).isEqualTo("True Serving");
    assertThat(world.servedRun()).startsWith("r2-");
  }
}
