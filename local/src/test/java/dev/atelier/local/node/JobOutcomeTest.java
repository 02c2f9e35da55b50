package dev.atelier.local.node;

import static dev.atelier.local.node.NodeHarness.retries;
import static dev.atelier.local.node.NodeHarness.terminated;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a Job ends, by what its processes did. */
class JobOutcomeTest {
  @AutoClose private final NodeHarness harness;

  JobOutcomeTest(@TempDir Path state) {
    harness = new NodeHarness(state);
  }

  @Test
  void aStageThatSucceedsCompletesItsJobAndLeavesItsLastWords() {
    harness.run("ok", "words", "{\"result\":\"Succeeded\"}", "exit", "0");
    Job job = harness.awaitEnd("ok");
    assertThat(JobConditions.isTrue(job.getStatus(), "Complete")).isPresent();
    assertThat(job.getStatus().getSucceeded()).isEqualTo(1);
    assertThat(job.getStatus().getFailed()).isNull();
    assertThat(job.getStatus().getCompletionTime()).isNotNull();
    Pod pod = harness.pods("ok").get(0);
    assertThat(terminated(pod).getMessage()).isEqualTo("{\"result\":\"Succeeded\"}");
    assertThat(terminated(pod).getReason()).isEqualTo("Completed");
    assertThat(pod.getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void badInputFailsTheJobAtOnceWithItsExitCode() {
    harness.run("bad", List.of("words", "no face", "exit", "42"), retries(5));
    Job job = harness.awaitEnd("bad");
    var failed = JobConditions.isTrue(job.getStatus(), "Failed").orElseThrow();
    assertThat(failed.getReason()).isEqualTo("PodFailurePolicy");
    assertThat(failed.getMessage())
        .contains("failed with exit code 42 matching FailJob rule at index 0");
    assertThat(job.getStatus().getFailed()).isEqualTo(1);
    assertThat(terminated(harness.pods("bad").get(0)).getMessage()).isEqualTo("no face");
  }

  @Test
  void otherFailuresAreRetriedUntilTheLimit() {
    harness.run("flaky", List.of("exit", "7"), retries(2));
    Job job = harness.awaitEnd("flaky");
    assertThat(JobConditions.isTrue(job.getStatus(), "Failed").orElseThrow().getReason())
        .isEqualTo("BackoffLimitExceeded");
    assertThat(job.getStatus().getFailed()).isEqualTo(3);
    assertThat(harness.pods("flaky")).hasSize(3);
  }

  @Test
  void aDeadlineEndsTheJob() {
    harness.run(
        "slow", List.of("sleep"), job -> job.editSpec().withActiveDeadlineSeconds(1L).endSpec());
    Job job = harness.awaitEnd("slow");
    assertThat(JobConditions.isTrue(job.getStatus(), "Failed").orElseThrow().getReason())
        .isEqualTo("DeadlineExceeded");
  }

  @Test
  void anIndexThatGivesUpLeavesTheOthersToEnd() {
    harness.run(
        "partly",
        List.of("exit-by-index", "0", "42", "7"),
        job ->
            job.editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(3)
                .withParallelism(3)
                .withBackoffLimit(null)
                .withBackoffLimitPerIndex(1)
                .editPodFailurePolicy()
                .editFirstRule()
                .withAction("FailIndex")
                .endRule()
                .endPodFailurePolicy()
                .endSpec());
    Job job = harness.awaitEnd("partly");
    assertThat(JobConditions.isTrue(job.getStatus(), "Failed").orElseThrow().getReason())
        .isEqualTo("FailedIndexes");
    assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0");
    assertThat(job.getStatus().getFailedIndexes()).isEqualTo("1,2");
    assertThat(harness.pods("partly")).as("index 2 had a retry").hasSize(4);
  }

  @Test
  void indexedPodsKnowTheirIndexAndCountOncePerIndex() {
    harness.run(
        "shards",
        List.of("print", "JOB_COMPLETION_INDEX", "exit", "0"),
        job ->
            job.editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(3)
                .withParallelism(2)
                .endSpec());
    Job job = harness.awaitEnd("shards");
    assertThat(job.getStatus().getSucceeded()).isEqualTo(3);
    assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0-2");
    assertThat(harness.pods("shards").stream().map(harness::log).map(String::strip))
        .containsExactlyInAnyOrder("0", "1", "2");
  }
}
