package dev.atelier.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the sum over all pixels that a filter reads, written down as its definition says. */
class ResizeTest {
  private static final int WIDTH = 23;
  private static final int HEIGHT = 17;
  private static final Region WHOLE = new Region(0, 0, WIDTH, HEIGHT);
  private static final Region PART = new Region(3.25, 2.5, 19.75, 15.25);

  @ParameterizedTest
  @CsvSource({"11,8", "1,1", "40,30", "11,30", "40,8", "23,17"})
  void everyTargetPixelIsTheWeightedMeanOfWhatItCovers(int width, int height) {
    var picture = noise();
    for (var filter : Filter.values()) {
      for (var region : new Region[] {WHOLE, PART}) {
        var resized = Resize.region(picture, region, width, height, filter);
        var across = Taps.of(filter, WIDTH, region.left(), region.right(), width);
        var down = Taps.of(filter, HEIGHT, region.top(), region.bottom(), height);

        assertThat(resized.width()).isEqualTo(width);
        assertThat(resized.height()).isEqualTo(height);
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            assertThat((double) resized.at(x, y, 1))
                .isCloseTo(mean(picture, across, x, down, y), Offset.offset(1e-3));
          }
        }
      }
    }
  }

  private static double mean(RgbImage picture, Taps across, int x, Taps down, int y) {
    double sum = 0;
    for (int j = 0; j < down.exactWeights(y).length; j++) {
      for (int i = 0; i < across.exactWeights(x).length; i++) {
        sum +=
            down.exactWeights(y)[j]
                * across.exactWeights(x)[i]
                * picture.at(across.first(x) + i, down.first(y) + j, 1);
      }
    }
    return sum;
  }

  private static RgbImage noise() {
    var random = new Random(1);
    var values = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    return new RgbImage(WIDTH, HEIGHT, values);
  }
}
