package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.vision.ImageProcessor;
import java.nio.file.Path;

/**
 * What {@code preprocessor_config.json} of a face embedding asks for: how the face is cut out, and
 * then what {@link ImageProcessor} reads, under the names of transformers.
 *
 * @param bgr whether the network reads blue first
 */
record FacePreparation(
    FaceAlignment alignment, ImageProcessor processor, int height, int width, boolean bgr) {
  private static final int LARGEST = 1024;

  /** Reads the file; anything that it asks for and that is not known is refused. */
  static FacePreparation read(Path file) {
    var config = ModelConfig.read(file);
    config.require("do_center_crop", false);
    config.require("do_flip_channel_order", true, false);
    boolean bgr = config.flag("do_flip_channel_order", false);
    var size = config.part("size");
    int height = edge(size, "height");
    int width = edge(size, "width");
    var alignment = FaceAlignment.of(config, height, width);
    return new FacePreparation(alignment, ImageProcessor.from(config), height, width, bgr);
  }

  /** Normalised pixels of a face, row-major {@code [3, height, width]}. */
  float[] planes(RgbImage picture, Face face) {
    var planes = processor.planes(alignment.cut(picture, face));
    return bgr ? flipped(planes) : planes;
  }

  String protocol() {
    return "%s, %s%s".formatted(alignment.protocol(), processor.protocol(), bgr ? ", BGR" : "");
  }

  private static float[] flipped(float[] planes) {
    int size = planes.length / 3;
    var flipped = planes.clone();
    System.arraycopy(planes, 0, flipped, 2 * size, size);
    System.arraycopy(planes, 2 * size, flipped, 0, size);
    return flipped;
  }

  private static int edge(ModelConfig size, String field) {
    int edge = size.integer(field);
    if (edge < 1 || edge > LARGEST) {
      throw new UnsupportedConfigException(
          "%s: %s has to be a number of pixels from 1 to %d.".formatted(size, field, LARGEST));
    }
    return edge;
  }
}
