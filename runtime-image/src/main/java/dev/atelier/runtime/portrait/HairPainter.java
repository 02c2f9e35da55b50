package dev.atelier.runtime.portrait;

import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** Paints hair: what is behind the head before it, what is in front of it after the face. */
final class HairPainter {

  private static final int CURLS = 22;
  private static final double BOTTOM = 400;

  private final Canvas canvas;
  private final Anatomy at;
  private final Identity person;
  private final Rgb hair;
  private final Rgb shade;

  HairPainter(Canvas canvas, Anatomy at, Identity person) {
    this.canvas = canvas;
    this.at = at;
    this.person = person;
    this.hair = person.hair().colour();
    this.shade = hair.darker(0.3);
  }

  void behind(Dice dice) {
    double left = at.x() - at.width() - 17;
    double right = at.x() + at.width() + 17;
    switch (person.style()) {
      case LONG -> canvas.roundBox(left, at.top() + 4, right, at.chin() + 48, 38, shade);
      case BOB -> canvas.roundBox(left, at.top() + 2, right, at.chin() - 10, 36, shade);
      case CURLY -> curls(dice);
      case BUN -> canvas.ellipse(at.x() - 28, at.top() - 50, at.x() + 28, at.top() + 6, shade);
      default -> {
        // Nothing shows behind the head.
      }
    }
  }

  void front() {
    if (person.bald()) {
      canvas.ellipse(
          at.x() - 26, at.top() + 8, at.x() + 4, at.top() + 22, person.skin().lighter(0.22));
      return;
    }
    canvas.fill(cap(), hair);
    if (person.style() == HairStyle.SPIKY) {
      spikes();
    }
    canvas.arc(
        at.x() - at.width() * 0.7,
        at.top() + 1,
        at.x() + at.width() * 0.5,
        at.top() + 50,
        200,
        300,
        5,
        hair.lighter(0.28));
  }

  private void curls(Dice dice) {
    for (int i = 0; i < CURLS; i++) {
      double angle = Math.PI + Math.PI * 1.3 * i / (CURLS - 1) - 0.15 * Math.PI;
      canvas.disc(
          at.x() + (at.width() + 12) * Math.cos(angle),
          at.y() - 14 + (at.height() + 4) * Math.sin(angle),
          25 + dice.between(0, 5),
          hair.mix(shade, dice.between(0, 1)));
    }
  }

  /** The head's outline, a little larger, without the face. */
  private Area cap() {
    var cap = new Area(at.face(1, -6, 9));
    cap.subtract(face());
    if (person.style() != HairStyle.LONG && person.style() != HairStyle.BOB) {
      cap.subtract(below(at.y() + 2));
    }
    return cap;
  }

  private Area face() {
    double fringe = at.top() + person.style().fringe();
    return switch (person.style()) {
      case SIDE_PART ->
          new Area(
              Canvas.path(
                  at.x() - at.width() * 0.55,
                  at.top() + 8,
                  at.x() - at.width() + 2,
                  at.y() - 4,
                  at.x() - at.width(),
                  BOTTOM,
                  at.x() + at.width(),
                  BOTTOM,
                  at.x() + at.width() - 1,
                  at.y() - 16));
      case BOB ->
          new Area(
              new Rectangle2D.Double(
                  at.x() - at.width() + 3, fringe, 2 * at.width() - 6, BOTTOM - fringe));
      default ->
          new Area(
              new Ellipse2D.Double(
                  at.x() - at.width() * 0.93,
                  fringe - 8,
                  2 * at.width() * 0.93,
                  at.y() + at.height() * 2 - fringe + 8));
    };
  }

  private static Area below(double y) {
    return new Area(new Rectangle2D.Double(-BOTTOM, y, 3 * BOTTOM, BOTTOM));
  }

  private void spikes() {
    for (int i = 0; i < 7; i++) {
      double x = at.x() - at.width() + i * (2 * at.width() / 6);
      canvas.polygon(
          hair, x - 12, at.top() + 18, x + (i - 3) * 3, at.top() - 24, x + 12, at.top() + 18);
    }
  }
}
