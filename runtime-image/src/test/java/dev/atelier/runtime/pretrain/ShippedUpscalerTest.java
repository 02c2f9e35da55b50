package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The network of the samples against bicubic interpolation, on pictures that no training saw. */
class ShippedUpscalerTest {

  private static final Path SHIPPED = Path.of("../samples/headshot/models/drawn-x4");

  @Test
  void theSamplesNetworkBeatsBicubicByADecibelAndFlickersNoMoreThanWhatWasDrawn() {
    try (Torch torch = Torch.start(1)) {
      var measured = new UpscalerJudge(torch, UpscalerRecipe.standard().seed()).measure(SHIPPED, 4);

      assertThat(measured.portraits().gain()).as("%s", measured).isGreaterThan(1);
      assertThat(measured.frames().gain()).as("%s", measured).isGreaterThan(1);
      assertThat(measured.flicker()).as("%s", measured).isLessThan(1.05 * measured.trueFlicker());
    }
  }
}
