package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.perception.Face;

/**
 * Which part of a photo becomes a training picture: head and shoulders, the whole head inside. A
 * photo that is a portrait already keeps the largest part of that shape.
 */
final class CropPlan {
  /** Height of the face (brow to chin) in shorter edges of the picture: head and shoulders. */
  private static final double FACE_SHARE = 0.42;

  /** A crop that would keep this much of the photo keeps all of it. */
  private static final double WHOLE_FROM = 0.8;

  /** Centre of the face from the top, in shorter edges: hair needs more room than the chin. */
  private static final double FACE_CENTRE = 0.47;

  /**
   * How far hair and ears reach beyond the face's box, in widths or heights of it: of real heads up
   * to 0.38, of drawn curls, buns and long hair up to 0.64 above and 0.56 beside.
   */
  private static final double ABOVE = 0.65;

  private static final double BELOW = 0.15;
  private static final double BESIDE = 0.6;

  private CropPlan() {}

  /**
   * The part of that shape, in pixels of the picture; it reaches outside only where the head would
   * not fit otherwise.
   */
  static Region of(int width, int height, Face face, CropShape shape) {
    var head = head(face).within(width, height);
    double across = (double) shape.width() / shape.shortEdge();
    double down = (double) shape.height() / shape.shortEdge();
    double fits = Math.min(width / across, height / down);
    double wanted = face.box().height() / FACE_SHARE;
    double edge = wanted >= WHOLE_FROM * fits ? fits : wanted;
    edge = Math.max(edge, Math.max(head.width() / across, head.height() / down));
    double wide = edge * across;
    double high = edge * down;
    double left = place(face.box().centreX() - wide / 2, wide, head.left(), head.right(), width);
    double top =
        place(face.box().centreY() - FACE_CENTRE * edge, high, head.top(), head.bottom(), height);
    return new Region(left, top, left + wide, top + high);
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
   * Start of the part along one axis: the whole head inside, then inside the picture; centred where
   * it is larger.
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
