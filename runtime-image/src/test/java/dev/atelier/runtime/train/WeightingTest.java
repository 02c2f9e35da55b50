package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.schedule.PredictionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightingTest {

  private static final PredictionType VELOCITY = PredictionType.V_PREDICTION;

  @Test
  void noisySamplesCountInFullAndCleanOnesAsByMinSnr() {
    var noisy = new Weighting.NoisyInFull(5);

    assertThat(noisy.at(0, VELOCITY)).isEqualTo(1);
    assertThat(noisy.at(0.1, VELOCITY)).isEqualTo(1);
    assertThat(new Weighting.MinSnr(5).at(0.1, VELOCITY)).isCloseTo(0.1 / 1.1, within(1e-12));
    assertThat(noisy.at(99, VELOCITY))
        .isEqualTo(new Weighting.MinSnr(5).at(99, VELOCITY))
        .isCloseTo(0.05, within(1e-12));
  }

  /** Noise, velocity and clean sample are one another's linear functions at a given noise. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1, 4, 50})
  void theSameErrorCountsTheSameWhateverIsPredicted(double snr) {
    var noisy = new Weighting.NoisyInFull(5);
    double clean = noisy.at(snr, PredictionType.SAMPLE);

    assertThat(noisy.at(snr, PredictionType.EPSILON) * snr).isCloseTo(clean, within(1e-12));
    assertThat(noisy.at(snr, VELOCITY) * (snr + 1)).isCloseTo(clean, within(1e-12));
  }
}
