package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.perception.Face;

/**
 * Which square of a photo becomes a training picture: head and shoulders, the whole head inside. A
 * photo that is a portrait already keeps its whole square.
 */
final class CropPlan {
  /** Height of the face (brow to chin) in the finished picture: head and shoulders. */
  private static final double FACE_SHARE = 0.42;

  /** A crop that would keep this much of the photo keeps all of it. */
  private static final double WHOLE_FROM = 0.8;

  /** Centre of the face, from the top: hair needs more room than the chin. */
  private static final double FACE_CENTRE = 0.47;

  /** How far hair and ears reach beyond the face's box, in widths or heights of it. */
  private static final double ABOVE = 0.55;

  private static final double BELOW = 0.15;
  private static final double BESIDE = 0.4;

  private CropPlan() {}

  /**
   * The square, in pixels of the picture; it reaches outside only where the head would not fit
   * otherwise.
   */
  static Region square(int width, int height, Face face) {
    var head = head(face).within(width, height);
    double fits = Math.min(width, height);
    double wanted = face.box().height() / FACE_SHARE;
    double side = wanted >= WHOLE_FROM * fits ? fits : wanted;
    side = Math.max(side, Math.max(head.width(), head.height()));
    double left = place(face.box().centreX() - side / 2, side, head.left(), head.right(), width);
    double top =
        place(face.box().centreY() - FACE_CENTRE * side, side, head.top(), head.bottom(), height);
    return new Region(left, top, left + side, top + side);
  }

  static Region head(Face face) {
    var box = face.box();
    return new Region(
        box.left() - BESIDE * box.width(),
        box.top() - ABOVE * box.height(),
        box.right() + BESIDE * box.width(),
        box.bottom() + BELOW * box.height());
  }

  /**
   * Start of the square along one axis: the whole head inside, then inside the picture; centred
   * where it is larger.
   */
  private static double place(
      double wanted, double side, double headFrom, double headTo, double length) {
    if (side >= length) {
      return (length - side) / 2;
    }
    double withHead = Math.max(headTo - side, Math.min(headFrom, wanted));
    return Math.max(0, Math.min(length - side, withHead));
  }
}
