package dev.atelier.runtime.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a clip is by default: 121 frames of 1280 x 720 at 24 frames per second. */
class FiveSecondsTest {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int FRAMES = 121;

  @TempDir private Path folder;

  @Test
  void fiveSecondsOf720LinesAreExactlyThatByAnIndependentProber() throws IOException {
    var file = folder.resolve("clip.mp4");
    // As Wan makes them: 704 lines, brought to 720.
    var fit = new FrameFit(WIDTH, 704, 1, WIDTH, HEIGHT);
    try (var writer = VideoWriter.open(file, WIDTH, HEIGHT, 24, Map.of("title", "five seconds"))) {
      for (int i = 0; i < FRAMES; i++) {
        writer.write(fit.fit(frame(i)));
      }
      writer.finish("made by a model");
    }

    var probe = Mp4Probe.of(file);
    assertThat(probe.codec()).isEqualTo("avc1");
    assertThat(probe.width()).isEqualTo(WIDTH);
    assertThat(probe.height()).isEqualTo(HEIGHT);
    assertThat(probe.samples()).isEqualTo(FRAMES);
    assertThat(probe.shown())
        .hasSize(FRAMES)
        .allSatisfy(seconds -> assertThat(seconds).isCloseTo(1 / 24.0, within(1e-4)));
    assertThat(probe.duration())
        .isCloseTo(FRAMES / 24.0, within(1e-3))
        .isCloseTo(5.04, within(0.01));
    assertThat(probe.chroma()).isEqualTo(1);
    assertThat(probe.order()).containsSubsequence("ftyp", "moov", "mdat", "uuid");
    assertThat(probe.keyFrames()).contains(1, 25, 97);
  }

  /** A slope with a bright bar that wanders to the right. */
  private static RgbImage frame(int number) {
    var values = new float[WIDTH * 704 * 3];
    for (int i = 0; i < values.length; i++) {
      int x = i / 3 % WIDTH;
      boolean bar = x >= 8 * number && x < 8 * number + 64;
      values[i] = bar ? 230 : x / 8f;
    }
    return new RgbImage(WIDTH, 704, values);
  }
}
