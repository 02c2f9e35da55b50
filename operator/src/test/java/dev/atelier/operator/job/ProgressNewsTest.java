package dev.atelier.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ProgressStatus;
import dev.atelier.stage.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How seldom progress is written: Argo CD and everyone who watches hears of each write. */
class ProgressNewsTest {

  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Test
  void aPodThatTellsEverySecondIsWrittenOnceInTenSecondsAndPercent() {
    var written = written(3600, second -> second * 100 / 3600);

    assertThat(written).as("an hour, a percent in 36 s").hasSize(100);
    assertSpaced(written);
  }

  @Test
  void aFastPodIsWrittenEveryTenSecondsAtMost() {
    var written = written(60, second -> second * 100 / 60);

    assertThat(written).hasSize(6);
    assertSpaced(written);
  }

  @Test
  void aPodThatStandsStillIsWrittenOnce() {
    assertThat(written(600, second -> 7)).hasSize(1);
  }

  @Test
  void anotherActivityIsNewsAtOnce() {
    var first = news(null, said(0, 0, "downloading"));

    assertThat(news(first, said(1, 0, "training"))).isNotEqualTo(first);
  }

  private static void assertSpaced(List<ProgressStatus> written) {
    for (int i = 1; i < written.size(); i++) {
      var before = written.get(i - 1);
      var after = written.get(i);
      assertThat(Duration.between(before.updatedAt(), after.updatedAt()))
          .isGreaterThanOrEqualTo(INTERVAL);
      assertThat(after.percent()).isNotEqualTo(before.percent());
    }
  }

  private interface Percent {
    int at(int second);
  }

  /** What the status says, one after another, when the pod is asked every second. */
  private static List<ProgressStatus> written(int seconds, Percent percent) {
    var all = new ArrayList<ProgressStatus>();
    for (int second = 0; second < seconds; second++) {
      var present = all.isEmpty() ? null : all.get(all.size() - 1);
      var next = news(present, said(second, percent.at(second), "training"));
      if (!next.equals(present)) {
        all.add(next);
      }
    }
    return all;
  }

  private static ProgressStatus news(@Nullable ProgressStatus present, Progress said) {
    return ProgressNews.next(present, Optional.of(said), INTERVAL).orElseThrow();
  }

  private static Progress said(int second, int percent, String activity) {
    return new Progress(
        "Train",
        activity,
        second,
        3600,
        percent,
        null,
        START.plusSeconds(second),
        List.of(),
        null,
        null);
  }
}
