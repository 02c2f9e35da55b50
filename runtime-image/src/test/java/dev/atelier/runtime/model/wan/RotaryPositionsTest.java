package dev.atelier.runtime.model.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RotaryPositionsTest {

  private static final int WIDTH = 16;

  /** The numbers are those of WanRotaryPosEmbed of diffusers 0.35.2 for the token (1, 2, 3). */
  @Test
  void headsWhoseThirdIsOddTurnAsInDiffusers() {
    double[] cosines = {
      0.540302, 0.995004, 0.99995, 0.999998, -0.416147, 0.9998, -0.989992, 0.99955
    };
    double[] sines = {0.841471, 0.099833, 0.01, 0.002, 0.909297, 0.029996, 0.14112, 0.029996};
    try (Torch torch = Torch.start(1);
        var turns = new RotaryPositions(WIDTH, 64).turns(torch, new Grid(2, 3, 4))) {
      int token = (1 * 3 + 2) * 4 + 3;
      float[] found = Arrays.copyOfRange(turns.toFloats(), token * WIDTH, (token + 1) * WIDTH);

      for (int pair = 0; pair < WIDTH / 2; pair++) {
        assertThat(found[2 * pair]).isCloseTo((float) cosines[pair], within(1e-5f));
        assertThat(found[2 * pair + 1]).isCloseTo((float) sines[pair], within(1e-5f));
      }
    }
  }
}
