package dev.atelier.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values of Pillow 13.0.0: {@code Image.fromarray(channel, mode="F").resize((299, 299), BICUBIC)},
 * cut to 0..255 as clean-fid does.
 */
class PillowResizeTest {

  @ParameterizedTest
  @CsvSource({
    "23, 17, 0, 0, 0, 0.0",
    "23, 17, 298, 298, 2, 16.831296920776367",
    "23, 17, 150, 149, 1, 114.60355377197266",
    "23, 17, 7, 200, 0, 232.5752716064453",
    "23, 17, 251, 33, 2, 137.07057189941406",
    "23, 17, 99, 298, 1, 147.2312774658203",
    "640, 411, 0, 0, 0, 47.41457748413086",
    "640, 411, 298, 298, 2, 45.83720779418945",
    "640, 411, 150, 149, 1, 171.4838104248047",
    "640, 411, 7, 200, 0, 151.0134735107422",
    "640, 411, 251, 33, 2, 75.81449127197266",
    "640, 411, 99, 298, 1, 121.99593353271484"
  })
  void unroundedPicturesAreThoseOfPillowsModeF(
      int width, int height, int x, int y, int channel, float expected) {
    var resized = PillowResize.unrounded(pattern(width, height), 299, 299, Filter.BICUBIC);

    assertThat(cut(resized.at(x, y, channel))).isCloseTo(expected, within(1e-4f));
  }

  @ParameterizedTest
  @CsvSource({"23, 17, 129.82418059915366", "640, 411, 128.16629489514116"})
  void noPixelIsLeftOut(int width, int height, double mean) {
    var resized = PillowResize.unrounded(pattern(width, height), 299, 299, Filter.BICUBIC);
    double sum = 0;
    for (float value : resized.values()) {
      sum += cut(value);
    }

    assertThat(sum / resized.values().length).isCloseTo(mean, offset(1e-6 * mean));
  }

  @Test
  void aSharpEdgeLeavesTheRangeUnlessItIsCut() {
    var resized = PillowResize.unrounded(pattern(23, 17), 299, 299, Filter.BICUBIC);
    float least = 255;
    float most = 0;
    for (float value : resized.values()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }

    assertThat(least).isNegative();
    assertThat(most).isGreaterThan(255);
  }

  private static float cut(float value) {
    return Math.max(0, Math.min(255, value));
  }

  private static RgbImage pattern(int width, int height) {
    var values = new float[width * height * 3];
    for (int i = 0; i < values.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      values[i] = (37 * x * x + 91 * y + 53 * (i % 3) * x + 17 * y * x) % 256;
    }
    return new RgbImage(width, height, values);
  }
}
