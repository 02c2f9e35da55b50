package dev.atelier.runtime.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.image.RgbImage;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FrameFitTest {
  @Test
  void sevenHundredAndFourRowsBecomeSevenHundredAndTwentyWithoutStretching() {
    var fit = new FrameFit(1280, 704, 1, 1280, 720);

    var shown = fit.fit(slope(1280, 704));

    assertThat(shown.width()).isEqualTo(1280);
    assertThat(shown.height()).isEqualTo(720);
    assertThat(fit.kept().width() / fit.kept().height()).isCloseTo(16.0 / 9, Offset.offset(1e-9));
    // The middle stays in the middle, and a step to the right is as long as before, enlarged.
    assertThat(shown.at(640, 360, 0)).isCloseTo(640.5f * 0.1f, Offset.offset(0.2f));
    assertThat(shown.at(740, 360, 0) - shown.at(640, 360, 0))
        .isCloseTo(100 * 0.1f * 704 / 720, Offset.offset(0.05f));
    assertThat(fit.described())
        .isEqualTo("made in 1280x704, 28.4 columns cut off, resampled to 1280x720");
  }

  @Test
  void framesThatANetworkEnlargedAreReducedToTheSize() {
    var fit = new FrameFit(640, 352, 4, 1280, 720);

    assertThat(fit.fit(slope(2560, 1408)).height()).isEqualTo(720);
    assertThat(fit.described())
        .isEqualTo(
            "made in 640x352, enlarged x4 by a network, 14.2 columns cut off, resampled to"
                + " 1280x720");
  }

  @Test
  void aFrameOfTheRightSizeIsLeftAlone() {
    var frame = slope(64, 32);
    var fit = new FrameFit(64, 32, 1, 64, 32);

    assertThat(fit.fit(frame)).isSameAs(frame);
    assertThat(fit.described()).isEqualTo("made in 64x32");
  }

  @Test
  void aFrameOfAnotherSizeThanPromisedIsRefused() {
    assertThatThrownBy(() -> new FrameFit(64, 32, 1, 64, 32).fit(slope(32, 32)))
        .hasMessage("a frame is 32x32, not 64x32");
  }

  private static RgbImage slope(int width, int height) {
    var values = new float[width * height * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i / 3 % width) * 0.1f;
    }
    return new RgbImage(width, height, values);
  }
}
