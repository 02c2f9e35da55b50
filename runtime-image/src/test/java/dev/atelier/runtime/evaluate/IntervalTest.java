package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class IntervalTest {

  /** The numbers are those of the formula in Python. */
  @Test
  void aShareHasWilsonsInterval() {
    assertThat(Interval.ofShare(6, 6).low()).isCloseTo(0.6096657, offset(1e-6));
    assertThat(Interval.ofShare(6, 6).high()).isCloseTo(1, offset(1e-6));
    assertThat(Interval.ofShare(14, 16).low()).isCloseTo(0.6397717, offset(1e-6));
    assertThat(Interval.ofShare(14, 16).high()).isCloseTo(0.9650225, offset(1e-6));
    assertThat(Interval.ofShare(0, 4).low()).isZero();
  }
}
