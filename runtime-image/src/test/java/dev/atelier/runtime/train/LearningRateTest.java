package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.train.LearningRate.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {

  @ParameterizedTest
  @EnumSource(Schedule.class)
  void risesToTheBaseInTheWarmUpAndNeverExceedsIt(Schedule schedule) {
    var rate = new LearningRate(2e-3, schedule, 10, 100);

    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(5)).isCloseTo(1e-3, within(1e-12));
    assertThat(rate.at(10)).isCloseTo(2e-3, within(1e-12));
    for (int step = 0; step < 100; step++) {
      assertThat(rate.at(step)).isBetween(0.0, 2e-3);
    }
  }

  @Test
  void aCosineIsAtHalfInTheMiddleAndAlmostNothingAtTheEnd() {
    var rate = new LearningRate(1, Schedule.Cosine, 10, 110);

    assertThat(rate.at(60)).isCloseTo(0.5, within(1e-12));
    assertThat(rate.at(109)).isLessThan(1e-3);
  }

  @Test
  void untilItDecaysAStableRateDoesNotDependOnHowManyStepsThereAre() {
    var shorter = new LearningRate(1, Schedule.WarmupStableDecay, 10, 1_000);
    var longer = new LearningRate(1, Schedule.WarmupStableDecay, 10, 5_000);

    for (int step = 0; step <= 800; step++) {
      assertThat(shorter.at(step)).isEqualTo(longer.at(step));
    }
    assertThat(shorter.at(900)).isCloseTo(0.5, within(1e-12));
    assertThat(shorter.at(1_000)).isZero();
  }
}
