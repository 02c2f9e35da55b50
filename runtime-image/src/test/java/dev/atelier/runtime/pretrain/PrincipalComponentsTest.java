package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

  @Test
  void theDirectionsThatVaryMostComeFirst() {
    var random = new Random(4);
    var vectors = new float[2_000][3];
    for (float[] vector : vectors) {
      double far = 5 * random.nextGaussian();
      double near = random.nextGaussian();
      vector[0] = (float) (1 + far * 0.6 - near * 0.8);
      vector[1] = (float) (2 + far * 0.8 + near * 0.6);
      vector[2] = 3;
    }

    var components = PrincipalComponents.of(vectors, 2);

    assertThat(Math.abs(components.directions()[0][0])).isCloseTo(0.6, within(0.02));
    assertThat(Math.abs(components.directions()[0][1])).isCloseTo(0.8, within(0.02));
    assertThat(Math.abs(components.directions()[1][0])).isCloseTo(0.8, within(0.02));
    assertThat(components.mean()[2]).isCloseTo(3, within(1e-6));
  }
}
