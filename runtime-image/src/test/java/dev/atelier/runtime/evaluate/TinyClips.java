package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.LosslessClip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Clips of a few small frames. */
final class TinyClips {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  private TinyClips() {}

  /** What models read in a clip, from a file that loses nothing. */
  static ClipReading read(Path folder, FeatureModels models, List<RgbImage> frames, String text) {
    return read(folder, Optional.of(models), frames, text);
  }

  static ClipReading read(
      Path folder, Optional<FeatureModels> models, List<RgbImage> frames, String text) {
    try {
      var file = folder.resolve("clip.mkv");
      LosslessClip.write(file, frames, 24);
      return new ClipJudge(models).read(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<RgbImage> frames(int count, IntFunction<RgbImage> frame) {
    return IntStream.range(0, count).mapToObj(frame).toList();
  }

  static RgbImage noise(int seed) {
    var random = new Random(seed);
    var values = new float[WIDTH * HEIGHT * 3];
    float brightness = random.nextInt(200);
    for (int i = 0; i < values.length; i++) {
      values[i] = brightness + random.nextInt(55);
    }
    return new RgbImage(WIDTH, HEIGHT, values);
  }

  static RgbImage plain(int red, int green, int blue) {
    var values = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < values.length; i += 3) {
      values[i] = red;
      values[i + 1] = green;
      values[i + 2] = blue;
    }
    return new RgbImage(WIDTH, HEIGHT, values);
  }

  /** A bright square of 16 pixels on a dark ground. */
  static RgbImage square(int left, float brighter) {
    var values = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < values.length; i++) {
      int x = i / 3 % WIDTH;
      int y = i / 3 / WIDTH;
      boolean inside = x >= left && x < left + 16 && y >= 8 && y < 24;
      values[i] = (inside ? 200 : 50) + brighter;
    }
    return new RgbImage(WIDTH, HEIGHT, values);
  }
}
