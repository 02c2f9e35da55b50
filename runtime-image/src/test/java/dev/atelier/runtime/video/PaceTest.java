package dev.atelier.runtime.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void whereTheIndexCountsEveryFrameAGapIsALoss() {
    var even = Pace.of(96, 24, 4.0);

    assertThat(even.lost(1.0, 1.0 + 1 / 24.0)).isFalse();
    assertThat(even.lost(1.0, 1.0 + 2 / 24.0)).isFalse();
    assertThat(even.lost(1.0, 1.25)).isTrue();
    assertThat(even.lost(Double.NaN, 1.25)).isFalse();
  }

  @Test
  void whereTheIndexCountsFramesAfterTheLastTheFilmIsCutOff() {
    var even = Pace.of(96, 24, 4.0);

    assertThat(even.cutOff(95 / 24.0)).isFalse();
    assertThat(even.cutOff(94 / 24.0)).isFalse();
    assertThat(even.cutOff(3.0)).isTrue();
    assertThat(Pace.of(70, 24, 4.0).cutOff(3.0)).isFalse();
    assertThat(Pace.of(0, 24, 4.0).cutOff(3.0)).isFalse();
  }

  @Test
  void aFilmOfVaryingPaceHasGapsByRight() {
    var varying = Pace.of(70, 24, 4.0);

    assertThat(varying.lost(1.0, 3.0)).isFalse();
  }

  @Test
  void withoutAnIndexNothingIsSaidOfGaps() {
    assertThat(Pace.of(0, 24, 4.0).lost(1.0, 3.0)).isFalse();
    assertThat(Pace.of(96, 0, 4.0).lost(1.0, 3.0)).isFalse();
  }
}
