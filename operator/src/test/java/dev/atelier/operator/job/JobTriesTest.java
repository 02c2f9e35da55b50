package dev.atelier.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The Job controller's back-off: {@code DefaultJobPodFailureBackOff} and its maximum. */
class JobTriesTest {

  @Test
  void theBackOffDoublesFromTenSecondsToTenMinutes() {
    assertThat(LongStream.rangeClosed(1, 8).mapToObj(JobTries::pause).map(Duration::toSeconds))
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L);
    assertThat(JobTries.pause(1000)).isEqualTo(Duration.ofMinutes(10));
  }
}
