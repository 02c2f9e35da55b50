package dev.atelier.local.node;

import static dev.atelier.local.node.NodeHarness.retries;
import static dev.atelier.local.node.NodeHarness.terminated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that somebody or something stops, and what comes after them. */
class PodInterruptionTest {
  @AutoClose private final NodeHarness harness;

  PodInterruptionTest(@TempDir Path state) {
    harness = new NodeHarness(state);
  }

  @Test
  void aDeletedPodGetsTimeForItsCheckpointAndIsReplacedUncounted() {
    harness.run("train", "checkpoint");
    Pod first = harness.awaitWorking("train");
    harness.client().resource(first).delete();
    Pod second =
        harness.awaitPod("train", p -> !same(p, first) && harness.log(p).contains("working"));
    assertThat(second.getStatus().getPhase()).isEqualTo("Running");
    assertThat(harness.job("train").getStatus().getFailed()).isNull();
  }

  @Test
  void aKilledPodCountsAsAFailureAndIsReplaced() {
    harness.run("train", List.of("checkpoint"), retries(3));
    Pod first = harness.awaitWorking("train");
    harness
        .node()
        .process("default", first.getMetadata().getName())
        .orElseThrow()
        .destroyForcibly();
    harness.awaitPod("train", p -> !same(p, first) && PodFacts.phase(p).equals("Running"));
    Pod dead = harness.awaitPod("train", p -> same(p, first));
    assertThat(terminated(dead).getExitCode()).isEqualTo(137);
    assertThat(
            harness
                .awaitJob("train", j -> j.getStatus().getFailed() != null)
                .getStatus()
                .getFailed())
        .isEqualTo(1);
  }

  @Test
  void aStageThatIgnoresSigtermIsKilledAfterItsGracePeriod() {
    harness.run(
        "stubborn",
        List.of("stubborn"),
        job ->
            job.editSpec()
                .editTemplate()
                .editSpec()
                .withTerminationGracePeriodSeconds(1L)
                .endSpec()
                .endTemplate()
                .endSpec());
    Pod pod = harness.awaitWorking("stubborn");
    ProcessHandle process =
        harness.node().process("default", pod.getMetadata().getName()).orElseThrow();
    harness.client().resource(harness.job("stubborn")).delete();
    await().until(() -> !process.isAlive());
    await().until(() -> harness.pods("stubborn").isEmpty());
  }

  @Test
  void suspendingEndsThePodAndResumingStartsAnother() {
    harness.run("train", "checkpoint");
    Pod first = harness.awaitWorking("train");
    suspend("train", true);
    Job suspended =
        harness.awaitJob(
            "train",
            j ->
                j.getStatus().getActive() == null
                    && harness.pods("train").stream().allMatch(PodFacts::ended));
    assertThat(JobConditions.isTrue(suspended.getStatus(), "Suspended")).isPresent();
    suspend("train", false);
    Pod second = harness.awaitPod("train", p -> !same(p, first));
    assertThat(second.getMetadata().getName()).isNotEqualTo(first.getMetadata().getName());
    assertThat(harness.job("train").getStatus().getFailed()).isNull();
  }

  @Test
  void aNodeThatShutsDownLetsPodsCheckpointAndTheNextOneContinues() {
    harness.run("train", "checkpoint");
    Pod first = harness.awaitWorking("train");
    harness.restartNode();
    Pod ended = harness.awaitPod("train", p -> same(p, first) && PodFacts.ended(p));
    assertThat(terminated(ended).getExitCode()).isEqualTo(75);
    assertThat(terminated(ended).getMessage()).isEqualTo("checkpointed");
    assertThat(PodFacts.hasCondition(ended, "DisruptionTarget", "True")).isTrue();
    harness.awaitPod("train", p -> !same(p, first) && harness.log(p).contains("working"));
    assertThat(harness.job("train").getStatus().getFailed()).isNull();
  }

  private static boolean same(Pod one, Pod other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private void suspend(String job, boolean suspend) {
    harness
        .client()
        .resource(harness.job(job))
        .edit(
            j -> {
              j.getSpec().setSuspend(suspend);
              return j;
            });
  }
}
