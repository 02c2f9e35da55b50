package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;

/** How a face is cut out of its picture before a network reads it. */
sealed interface FaceAlignment permits ArcFaceAlignment, BoxCrop, DlibAlignment {

  /** The cut-out face, RGB 0..255; of a size that is brought to the network's afterwards. */
  RgbImage cut(RgbImage picture, Face face);

  /** For reports: numbers of differently aligned faces are not comparable. */
  String protocol();

  /**
   * What {@code face_alignment} of a configuration says.
   *
   * @param height of the network's input
   * @param width of the network's input
   */
  static FaceAlignment of(ModelConfig config, int height, int width) {
    var name = config.text("face_alignment");
    double margin = margin(config, name);
    return switch (name) {
      case "arcface" -> {
        if (height != width || width % ArcFaceAlignment.TEMPLATE_SIDE != 0) {
          throw size(config, name, "112 x 112 or a multiple of it", height, width);
        }
        yield new ArcFaceAlignment(width);
      }
      case "dlib" -> {
        if (height != FaceChip.SIDE || width != FaceChip.SIDE) {
          throw size(config, name, "150 x 150", height, width);
        }
        yield new DlibAlignment();
      }
      case "box" -> new BoxCrop(margin);
      default ->
          throw new UnsupportedConfigException(
              "%s: face_alignment = %s is not supported; write arcface (five points on InsightFace's template of 112 x 112), dlib (the chip of 150 x 150 of dlib's networks) or box (the face's box with face_margin)."
                  .formatted(config, name));
    };
  }

  private static double margin(ModelConfig config, String alignment) {
    if (!config.has("face_margin")) {
      return 0;
    }
    double margin = config.number("face_margin", 0);
    if (!alignment.equals("box") || !(margin >= 0 && margin <= 2)) {
      throw new UnsupportedConfigException(
          "%s: face_margin is for face_alignment = box, a share of the box from 0 to 2 on each side; correct or remove it."
              .formatted(config));
    }
    return margin;
  }

  private static UnsupportedConfigException size(
      ModelConfig config, String alignment, String supported, int height, int width) {
    return new UnsupportedConfigException(
        "%s: face_alignment = %s makes faces of %s, size asks for height %d and width %d; correct size, or write face_alignment = box."
            .formatted(config, alignment, supported, height, width));
  }
}
