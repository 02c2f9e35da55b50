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
   * [150, 150, 3]}.
   */
  public static RgbImage picture(RgbImage picture, Landmarks landmarks) {
    float[] planes = planes(picture, landmarks);
    var values = new float[planes.length];
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int channel = 0; channel < 3; channel++) {
        values[3 * i + channel] = planes[channel * SIDE * SIDE + i];
      }
    }
    return new RgbImage(SIDE, SIDE, values);
  }

  /** Planes {@code [3, 150, 150]}, RGB 0..255; black outside the picture. */
  static float[] planes(RgbImage picture, Landmarks landmarks) {
    var toPicture = Similarity.between(MEAN_FACE, landmarks.points());
    int samples =
        (int) Math.max(1, Math.ceil(toPicture.scale())); // per axis: antialiasing of large faces
    var planes = new float[3 * SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        pixel(picture, toPicture, x, y, samples, planes);
      }
    }
    return planes;
  }

  private static void pixel(
      RgbImage picture, Similarity toPicture, int x, int y, int samples, float[] planes) {
    for (int i = 0; i < samples * samples; i++) {
      var at =
          toPicture.apply(x + (i % samples + 0.5) / samples, y + (i / samples + 0.5) / samples);
      for (int c = 0; c < 3; c++) {
        planes[(c * SIDE + y) * SIDE + x] +=
            bilinear(picture, at.x() - 0.5, at.y() - 0.5, c) / (samples * samples);
      }
    }
  }

  private static float bilinear(RgbImage picture, double x, double y, int channel) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float across = (float) (x - left);
    float down = (float) (y - top);
    float upper =
        value(picture, left, top, channel) * (1 - across)
            + value(picture, left + 1, top, channel) * across;
    float lower =
        value(picture, left, top + 1, channel) * (1 - across)
            + value(picture, left + 1, top + 1, channel) * across;
    return upper * (1 - down) + lower * down;
  }

  private static float value(RgbImage picture, int x, int y, int channel) {
    boolean inside = x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
    return inside ? picture.at(x, y, channel) : 0;
  }
}
