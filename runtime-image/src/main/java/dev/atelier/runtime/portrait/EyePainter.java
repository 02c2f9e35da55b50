package dev.atelier.runtime.portrait;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** Paints eyes, brows and glasses. */
final class EyePainter {

  private static final Rgb WHITE_OF_THE_EYE = new Rgb(250, 250, 250);
  private static final Rgb PUPIL = new Rgb(10, 10, 10);
  private static final Rgb WHITE_BROW = new Rgb(170, 168, 164);

  private final Canvas canvas;
  private final Anatomy at;
  private final Identity person;

  EyePainter(Canvas canvas, Anatomy at, Identity person) {
    this.canvas = canvas;
    this.at = at;
    this.person = person;
  }

  void eyes() {
    for (int side : new int[] {-1, 1}) {
      double x = at.faceX() + side * at.eyeDistance(person);
      eye(x, at.eyes() + side * person.eyes().tilt() * 0.5);
      brow(x, side);
    }
  }

  void glasses() {
    if (person.glasses() == Glasses.NONE) {
      return;
    }
    double y = at.eyes();
    double spacing = at.eyeDistance(person);
    for (int side : new int[] {-1, 1}) {
      double x = at.faceX() + side * (spacing + 1) - 17;
      canvas.outline(
          person.glasses() == Glasses.ROUND
              ? new Ellipse2D.Double(x, y - 14, 34, 29)
              : new Rectangle2D.Double(x, y - 14, 34, 29),
          5,
          person.frame());
      double hinge = at.faceX() + side * (spacing + 17);
      canvas.line(hinge, y - 3, at.x() + side * at.width(), y - 4, 4, person.frame());
    }
    canvas.line(
        at.faceX() - spacing + 15, y - 2, at.faceX() + spacing - 15, y - 2, 5, person.frame());
  }

  private void eye(double x, double y) {
    double size = person.eyes().size();
    double w = 10.5 * size;
    double h = 7 * size;
    double gaze = x + 1.5 * at.yaw();
    canvas.ellipse(x - w, y - h, x + w, y + h, WHITE_OF_THE_EYE);
    canvas.disc(gaze, y, 6.2 * size, person.eyes().iris());
    canvas.disc(gaze, y, 2.8, PUPIL);
    canvas.arc(x - w - 1, y - h - 2, x + w + 1, y + h + 4, 190, 350, 3, person.skin().darker(0.7));
  }

  private void brow(double x, int side) {
    double y = at.eyes() - 19 - 3 * (person.eyes().size() - 1) + 1;
    double slope = side * person.brows().slope() * 0.5;
    canvas.line(x - 13, y - slope, x + 13, y + slope, person.brows().thickness(), browColour());
  }

  private Rgb browColour() {
    if (person.hair() == HairColour.WHITE) {
      return WHITE_BROW;
    }
    boolean hairless = person.bald() && person.beard() == Beard.NONE;
    var colour = hairless ? person.skin().darker(0.6) : person.hair().colour().darker(0.3);
    return colour.darker(0.1);
  }
}
