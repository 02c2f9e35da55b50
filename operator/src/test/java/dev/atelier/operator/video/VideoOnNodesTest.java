package dev.atelier.operator.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.operator.run.RunDecision;
import dev.atelier.operator.testing.Resources;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A training over several nodes, by the rules of every run. */
class VideoOnNodesTest {

  private final VideoWorld world = new VideoWorld(Resources.videoOnNodes(2));

  @Test
  void withoutJobSetItWaitsSaysWhatToInstallAndLooksAgain() {
    world.settle();

    assertThat(world.ready()).isEqualTo("False JobSetNotFound");
    assertThat(world.message())
        .contains("spec.training.nodes is 2", "https://jobset.sigs.k8s.io", "one node");
    assertThat(world.jobs.jobs()).isEmpty();
    assertThat(world.recheck()).contains(Duration.ofSeconds(30));
  }

  @Test
  void whatKueueSaysOfAJobThatItHoldsIsSaidOfTheResource() {
    var queued = new VideoWorld(Resources.videoInAQueue());
    queued.settle();
    queued.jobs.suspend(queued.currentJob());
    queued.settle();
    assertThat(queued.message()).isEqualTo("waiting for quota in Kueue's queue gpus");

    var uid = queued.jobs.find(queued.currentJob()).orElseThrow().getMetadata().getUid();
    queued.queues = Map.of(uid, "insufficient unused quota for nvidia.com/gpu in flavor a100");
    queued.settle();

    assertThat(queued.ready()).isEqualTo("False QuotaPending");
    assertThat(queued.message())
        .isEqualTo(
            "Kueue's queue gpus: insufficient unused quota for nvidia.com/gpu in flavor a100");
    assertThat(queued.reconcile()).isInstanceOf(RunDecision.Follow.class);
  }
}
