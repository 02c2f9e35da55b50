package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.CropShape;
import java.util.Random;

/** Noise of a seed. */
final class RandomPicture {

  private RandomPicture() {}

  static RgbImage of(int seed, CropShape shape) {
    var random = new Random(seed);
    var values = new float[shape.width() * shape.height() * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    return new RgbImage(shape.width(), shape.height(), values);
  }
}
