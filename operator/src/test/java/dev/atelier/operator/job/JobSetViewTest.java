package dev.atelier.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.Reason;
import dev.atelier.operator.jobset.JobSet;
import dev.atelier.operator.jobset.JobSetSpec;
import dev.atelier.operator.jobset.JobSetStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpecBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the rules of a run see of a JobSet, its Job and their pods. */
class JobSetViewTest {

  private static final String SET = "clips-train-r1-77aa";
  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
  private static final Instant NOW = START.plusSeconds(600);

  @Test
  void itsJobIsNotAnotherStage() {
    var seen = seen(set(0, false), List.of(child()), pods("Running", 0));

    assertThat(seen.alive()).containsExactly(SET);
    assertThat(seen.state(SET)).isInstanceOf(StageState.Running.class);
  }

  @Test
  void suspendedByKueueItWaitsInItsQueue() {
    var state = seen(set(0, true), List.of(child()), List.of()).state(SET);

    assertThat(state)
        .isEqualTo(
            new StageState.Waiting(Reason.QuotaPending, "waiting for quota in Kueue's queue gpus"));
  }

  @Test
  void aPodThatItsJobMayNotHaveIsSaidInTheWordsOfTheQuota() {
    var refused =
        new EventBuilder()
            .withReason(Troubles.REFUSED)
            .withMessage("pods is forbidden: exceeded quota: studio")
            .withNewInvolvedObject()
            .withName(SET + "-node-0")
            .endInvolvedObject()
            .build();

    assertThat(seen(set(0, false), List.of(child()), List.of(), refused).state(SET))
        .isEqualTo(new StageState.Waiting(Reason.QuotaPending, refused.getMessage()));
  }

  @Test
  void completeItIsDoneAsSoonAsEveryPodWasHeard() {
    var completed = set(0, false, condition("Completed", "AllJobsCompleted"));

    assertThat(seen(completed, List.of(), pods("Succeeded", 0)).state(SET))
        .isInstanceOf(StageState.Done.class);
  }

  @Test
  void podsThatEndedWellAreNotYetTheEndOfASetThatMayStartThemAgain() {
    var seen = seen(set(0, false), List.of(child()), pods("Succeeded", 0));

    assertThat(seen.state(SET)).isInstanceOf(StageState.Settling.class);
  }

  @Test
  void whyItFailedIsWhatItsJobSays() {
    var failed = set(0, false, condition("Failed", "FailJobSetAction"));
    var job =
        new JobBuilder(child())
            .withNewStatus()
            .addNewCondition()
            .withType("Failed")
            .withStatus("True")
            .withReason("DeadlineExceeded")
            .withLastTransitionTime(NOW.toString())
            .endCondition()
            .endStatus()
            .build();

    assertThat(seen(failed, List.of(job), pods("Failed", 75)).state(SET))
        .isInstanceOfSatisfying(
            StageState.Broken.class,
            broken -> assertThat(broken.reason()).isEqualTo(Reason.DeadlineExceeded));
  }

  @Test
  void badInputOfOnePodIsTheEndOfAll() {
    var failed = set(0, false, condition("Failed", "FailJobSetAction"));

    assertThat(seen(failed, List.of(), pods("Failed", 42)).state(SET))
        .isInstanceOfSatisfying(
            StageState.Broken.class,
            broken -> assertThat(broken.reason()).isEqualTo(Reason.BadInput));
  }

  @Test
  void aRestartLeavesNoPodToCountByButTheTimeThatTheGpusWereHeld() {
    assertThat(seen(set(1, false), List.of(child()), List.of()).gpuSeconds(SET, 8))
        .as("two nodes with eight GPUs each for ten minutes")
        .isEqualTo(2 * 8 * 600);
  }

  private static JobsSeen seen(JobSet set, List<Job> jobs, List<Pod> pods, Event... troubles) {
    return new JobsSeen(
        JobSetView.of(jobs, List.of(set)), pods, List.of(troubles), Map.of(), Map.of(), NOW);
  }

  private static Condition condition(String type, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withLastTransitionTime(NOW.toString())
        .build();
  }

  private static JobSet set(int restarts, boolean suspended, Condition... conditions) {
    var set = new JobSet();
    set.setMetadata(
        new ObjectMetaBuilder()
            .withName(SET)
            .withUid("set")
            .withCreationTimestamp(START.toString())
            .addToLabels("kueue.x-k8s.io/queue-name", "gpus")
            .build());
    var template = new JobTemplateSpecBuilder().withNewSpec().withCompletions(2).endSpec().build();
    set.setSpec(
        new JobSetSpec(
            List.of(new JobSetSpec.ReplicatedJob("node", 1, template)), null, null, suspended));
    set.setStatus(new JobSetStatus(List.of(conditions), restarts));
    return set;
  }

  private static Job child() {
    return new JobBuilder()
        .withNewMetadata()
        .withName(SET + "-node-0")
        .withUid("job")
        .addToLabels(JobSet.NAME_LABEL, SET)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }

  private static List<Pod> pods(String phase, int exitCode) {
    return IntStream.range(0, 2).mapToObj(index -> pod(index, phase, exitCode)).toList();
  }

  private static Pod pod(int index, String phase, int exitCode) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("%s-node-0-%d".formatted(SET, index))
            .withUid("pod-" + index)
            .addToLabels(JobSet.NAME_LABEL, SET)
            .addToLabels(JobSet.UID_LABEL, "set")
            .addToLabels("batch.kubernetes.io/job-name", SET + "-node-0")
            .addToLabels("batch.kubernetes.io/controller-uid", "job")
            .addToAnnotations("batch.kubernetes.io/job-completion-index", Integer.toString(index))
            .endMetadata()
            .withNewStatus()
            .withPhase(phase)
            .endStatus()
            .build();
    if (!phase.equals("Running")) {
      pod =
          new PodBuilder(pod)
              .editStatus()
              .addNewContainerStatus()
              .withNewState()
              .withNewTerminated()
              .withExitCode(exitCode)
              .withMessage(
                  exitCode == 0
                      ? "{\"result\":\"Succeeded\",\"reason\":\"StageDone\",\"message\":\"done\"}"
                      : null)
              .withFinishedAt(NOW.toString())
              .endTerminated()
              .endState()
              .endContainerStatus()
              .endStatus()
              .build();
    }
    return pod;
  }
}
