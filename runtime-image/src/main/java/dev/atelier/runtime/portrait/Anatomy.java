package dev.atelier.runtime.portrait;

import java.awt.geom.Path2D;

/**
 * Where the parts of a head are, in canvas units, before the pose moves them.
 *
 * @param x centre of the head
 * @param y centre of the face
 * @param width half the width of the face
 * @param height half its height
 * @param faceX where the features are centred: they move with the yaw more than the head does
 * @param shoulders height of the shoulders
 */
record Anatomy(
    double x, double y, double width, double height, double faceX, double yaw, double shoulders) {

  private static final int CORNERS = 48;
  private static final double X = 128;
  private static final double Y = 112;

  static Anatomy of(Identity person, Scene scene) {
    return new Anatomy(
        X,
        Y,
        46 * person.build().width(),
        60 * person.build().height(),
        X + 9 * scene.yaw(),
        scene.yaw(),
        176 + 6 * person.build().height());
  }

  double top() {
    return y - height;
  }

  double chin() {
    return y + height;
  }

  double eyes() {
    return y - 8;
  }

  double eyeDistance(Identity person) {
    return 20 * person.eyes().spacing();
  }

  double nose(Identity person) {
    return y + 17 * person.build().nose();
  }

  double mouth(Identity person) {
    return nose(person) + 19;
  }

  /** The outline of the face: an ellipse whose lower half tapers to the chin. */
  Path2D face(double jaw, double dy, double grow) {
    var path = new Path2D.Double();
    for (int i = 0; i < CORNERS; i++) {
      double angle = 2 * Math.PI * i / CORNERS;
      double sine = Math.sin(angle);
      double cosine = Math.cos(angle);
      double taper = sine > 0 ? 1 - (0.30 - 0.30 * jaw) * Math.pow(sine, 1.5) : 1;
      double square = sine > 0 && cosine != 0 ? Math.pow(Math.abs(cosine), 0.12 * jaw) : 1;
      double px = x + (width + grow) * taper * cosine * square;
      double py = y + dy + (height + grow) * sine;
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }
}
