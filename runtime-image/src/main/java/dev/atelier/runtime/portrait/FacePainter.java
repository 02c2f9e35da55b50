package dev.atelier.runtime.portrait;

import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** Paints ears, skin, beard, nose and marks; eyes and mouth have painters of their own. */
final class FacePainter {

  private static final Rgb BLUSH = new Rgb(226, 104, 96);
  private static final Rgb FRECKLE = new Rgb(150, 80, 40);
  private static final Rgb MOLE = new Rgb(60, 34, 26);
  private static final int FRECKLES = 16;

  private final Canvas canvas;
  private final Anatomy at;
  private final Identity person;
  private final Rgb skin;

  FacePainter(Canvas canvas, Anatomy at, Identity person) {
    this.canvas = canvas;
    this.at = at;
    this.person = person;
    this.skin = person.skin();
  }

  void head() {
    for (int side : new int[] {-1, 1}) {
      double x = at.x() + side * (at.width() - 1) + 3 * at.yaw();
      canvas.ellipse(x - 10, at.y() - 10, x + 10, at.y() + 18, skin.darker(0.18));
    }
    canvas.fill(at.face(person.build().jaw(), 0, 0), skin);
    if (person.beard() == Beard.FULL) {
      canvas.fill(fullBeard(), beardColour());
    }
    var blush = skin.mix(BLUSH, person.beard() == Beard.FULL ? 0.1 : 0.2);
    for (int side : new int[] {-1, 1}) {
      double x = at.faceX() + side * at.width() * 0.52;
      canvas.ellipse(x - 11, at.y() + 8, x + 11, at.y() + 24, blush);
    }
  }

  void nose() {
    double x = at.faceX() + 3 * at.yaw();
    double half = 8 * person.build().noseWidth();
    double tip = at.nose(person);
    canvas.line(x - half * 0.35, at.y() - 2, x - half * 0.7, tip - 2, 3, skin.darker(0.16));
    canvas.ellipse(x - half, tip - 6, x + half, tip + 5, skin.darker(0.12));
    canvas.ellipse(x - half * 0.6, tip - 6, x + half * 0.4, tip + 1, skin.lighter(0.14));
  }

  /** What of a beard lies over the lips. */
  void moustache() {
    double x = at.faceX();
    double y = at.mouth(person);
    double half = 19 * person.mouth().width() + 3;
    if (person.beard() == Beard.MOUSTACHE || person.beard() == Beard.FULL) {
      canvas.polygon(
          beardColour().darker(0.1), x - half, y - 1, x, y - 12, x + half, y - 1, x, y - 4);
    } else if (person.beard() == Beard.GOATEE) {
      canvas.ellipse(x - 15, y + 5, x + 15, at.chin() + 3, beardColour());
    }
  }

  void marks(Dice dice) {
    if (person.freckles() && person.beard() != Beard.FULL) {
      for (int i = 0; i < FRECKLES; i++) {
        canvas.disc(
            at.faceX() + dice.between(-at.width() * 0.62, at.width() * 0.62),
            at.y() + dice.between(4, 22),
            2,
            skin.mix(FRECKLE, 0.6));
      }
    }
    if (person.mole()) {
      canvas.disc(at.faceX() + 22, at.mouth(person) - 4, 4, MOLE);
    }
  }

  private Rgb beardColour() {
    return person.hair().colour().mix(skin, 0.12);
  }

  private Area fullBeard() {
    var beard = new Area(at.face(person.build().jaw(), 2, 0));
    beard.subtract(new Area(new Rectangle2D.Double(-256, -256, 768, at.y() + 14 + 256)));
    double half = at.width() * 0.78;
    beard.subtract(new Area(new Ellipse2D.Double(at.faceX() - half, at.y() - 34, 2 * half, 60)));
    return beard;
  }
}
