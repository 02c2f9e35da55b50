package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.stream.Stream;

/**
 * The upright square that the embedding network was trained on: 150 pixels, a quarter of the face's
 * size as padding (dlib's {@code get_face_chip_details(shape, 150, 0.25)}).
 */
public final class FaceChip {
  /** Edge in pixels. */
  public static final int SIDE = 150;

  private static final double PADDING = 0.25;

  /** Places of the five landmarks in dlib's mean face, whose box is the unit square. */
  private static final List<Point> MEAN_FACE =
      Stream.of(
              new Point(0.2255, 0.2160),
              new Point(0.7548, 0.2160),
              new Point(0.4901, 0.5156),
              new Point(0.2541, 0.7802),
              new Point(0.7261, 0.7802))
          .map(
              p ->
                  new Point(
                      (PADDING + p.x()) / (1 + 2 * PADDING), (PADDING + p.y()) / (1 + 2 * PADDING)))
          .map(p -> p.scaled(SIDE))
          .toList();

  private FaceChip() {}

  /**
   * The upright face as a picture: eyes, nose and mouth always at about the same places, {@code
   * [150, 150, 3]}, RGB 0..255; black outside the picture.
   */
  public static RgbImage picture(RgbImage picture, Landmarks landmarks) {
    return Warp.of(picture, Similarity.between(MEAN_FACE, landmarks.points()), SIDE);
  }

  /** The same as planes {@code [3, 150, 150]}. */
  static float[] planes(RgbImage picture, Landmarks landmarks) {
    float[] values = picture(picture, landmarks).values();
    var planes = new float[values.length];
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int channel = 0; channel < 3; channel++) {
        planes[channel * SIDE * SIDE + i] = values[3 * i + channel];
      }
    }
    return planes;
  }
}
