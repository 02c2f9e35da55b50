package dev.atelier.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.RetriesStatus;
import dev.atelier.operator.shared.StageTimes;
import dev.atelier.operator.testing.FakeJobs;
import dev.atelier.operator.testing.Words;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stage has ended when its pods have; the Job controller says so a second later. */
class SuccessesTest {

  private static final String JOB = "clips-prepare-r1-77aa";
  private static final Instant CREATED = Instant.parse("2026-11-26T12:00:00Z");
  private static final Instant STARTED = CREATED.plusSeconds(5);
  private static final Instant ENDED = CREATED.plusSeconds(65);

  private final FakeJobs jobs = new FakeJobs();

  @Test
  void thePodOfAJobIsItsEnd() {
    job(1);
    jobs.start(JOB, STARTED);
    jobs.endPod(JOB, 0, "Completed", Words.done("all"), ENDED);

    assertThat(state()).isInstanceOf(StageState.Done.class);
    assertThat(seen().alive()).isEmpty();
    assertThat(seen().times(JOB))
        .contains(new StageTimes(Duration.ofSeconds(5), Duration.ofSeconds(60)));
  }

  @Test
  void ofShardsItIsTheLastOne() {
    job(2);
    jobs.start(JOB, STARTED);
    jobs.endPod(JOB, 0, "Completed", Words.done("a half"), ENDED);
    assertThat(state()).isInstanceOf(StageState.Settling.class);
    assertThat(seen().times(JOB)).isEmpty();

    jobs.start(JOB, ENDED);
    assertThat(state()).isInstanceOf(StageState.Running.class);
    jobs.endPod(JOB, 0, "Completed", Words.done("the other"), ENDED.plusSeconds(60));

    assertThat(state())
        .isEqualTo(
            new StageState.Done(
                List.of(
                    Words.done("a half").orElseThrow(), Words.done("the other").orElseThrow())));
    assertThat(seen().times(JOB).orElseThrow().computed()).isEqualTo(Duration.ofSeconds(120));
  }

  @Test
  void aPodThatSaidNothingIsTheJobsToJudge() {
    job(1);
    jobs.start(JOB, STARTED);
    jobs.endPod(JOB, 0, "Completed", Optional.empty(), ENDED);

    assertThat(state()).isInstanceOf(StageState.Settling.class);
  }

  @Test
  void afterATryThatWentWellNoOtherIsPromised() {
    job(1);
    jobs.start(JOB, STARTED);
    jobs.endPod(JOB, 1, "Error", Words.failed("StorageUnavailable", "away"), STARTED);
    assertThat(seen().retries(JOB).map(RetriesStatus::nextAt)).isPresent();

    jobs.start(JOB, STARTED);
    jobs.endPod(JOB, 0, "Completed", Words.done("all"), ENDED);

    assertThat(state()).isInstanceOf(StageState.Done.class);
    assertThat(seen().retries(JOB).map(RetriesStatus::failed)).contains(1);
    assertThat(seen().retries(JOB).map(RetriesStatus::nextAt)).isEmpty();
  }

  private void job(int completions) {
    jobs.apply(
        new JobBuilder()
            .withNewMetadata()
            .withName(JOB)
            .withNamespace("studio")
            .endMetadata()
            .withNewSpec()
            .withCompletions(completions)
            .withBackoffLimit(3)
            .endSpec()
            .build(),
        CREATED);
  }

  private StageState state() {
    return seen().state(JOB);
  }

  private JobsSeen seen() {
    return new JobsSeen(jobs.jobs(), jobs.pods(), List.of(), Map.of(), Map.of(), ENDED);
  }
}
