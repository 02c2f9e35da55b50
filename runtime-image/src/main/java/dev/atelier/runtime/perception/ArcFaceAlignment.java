package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.stream.Stream;

/**
 * The upright face that ArcFace networks were trained on: the similarity that brings the five
 * landmarks nearest to InsightFace's template (Umeyama 1991; {@code arcface_dst} in InsightFace's
 * {@code face_align.py}).
 *
 * @param side edge in pixels, a multiple of 112
 */
record ArcFaceAlignment(int side) implements FaceAlignment {
  /** Edge that the template is for, in pixels. */
  static final int TEMPLATE_SIDE = 112;

  /**
   * OpenCV, which warps by the template, calls the middle of the first pixel 0; here it is 0.5, as
   * landmarks have it.
   */
  private static final double MIDDLE = 0.5;

  private static final List<Point> TEMPLATE =
      List.of(
          new Point(38.2946, 51.6963),
          new Point(73.5318, 51.5014),
          new Point(56.0252, 71.7366),
          new Point(41.5493, 92.3655),
          new Point(70.7299, 92.2041));

  @Override
  public RgbImage cut(RgbImage picture, Face face) {
    return Warp.of(picture, toSquare(face.landmarks()).inverse(), side);
  }

  @Override
  public String protocol() {
    return "arcface alignment";
  }

  /** From places in the picture to places in the square. */
  Similarity toSquare(Landmarks landmarks) {
    return Similarity.between(landmarks.points(), template().toList());
  }

  private Stream<Point> template() {
    double factor = (double) side / TEMPLATE_SIDE;
    return TEMPLATE.stream()
        .map(at -> at.scaled(factor))
        .map(at -> new Point(at.x() + MIDDLE, at.y() + MIDDLE));
  }
}
