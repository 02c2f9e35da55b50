package dev.atelier.runtime.portrait;

/** Paints the mouth: closed lips, or teeth for a wide smile. */
final class MouthPainter {

  private static final Rgb RED = new Rgb(186, 44, 62);
  private static final Rgb TEETH = new Rgb(250, 248, 244);
  private static final double OPEN = 4.5;
  private static final int POINTS = 13;

  private final Canvas canvas;
  private final double x;
  private final double y;
  private final double half;
  private final double fullness;
  private final Rgb lips;

  MouthPainter(Canvas canvas, Anatomy at, Identity person) {
    this.canvas = canvas;
    this.x = at.faceX();
    this.y = at.mouth(person);
    this.half = 19 * person.mouth().width();
    this.fullness = 4.5 * person.mouth().fullness();
    this.lips = person.skin().darker(0.34).mix(RED, 0.35 + 0.6 * person.mouth().redness());
  }

  void paint(double smile) {
    double lift = 9 * smile;
    if (lift > OPEN) {
      open(lift);
    } else {
      closed(lift);
    }
  }

  private void open(double lift) {
    canvas.chord(x - half, y - 8 - lift, x + half, y + lift + 3, 8, 172, lips);
    canvas.chord(x - half * 0.8, y - 6 - lift, x + half * 0.8, y + lift - 1, 12, 168, TEETH);
  }

  private void closed(double lift) {
    var outline = new double[4 * POINTS];
    for (int i = 0; i < POINTS; i++) {
      double t = -1 + 2.0 * i / (POINTS - 1);
      double bulge = fullness * Math.pow(1 - Math.abs(t), 0.6);
      outline[2 * i] = x + half * t;
      outline[2 * i + 1] = middle(t, lift) - bulge;
      outline[outline.length - 2 - 2 * i] = x + half * t;
      outline[outline.length - 1 - 2 * i] = middle(t, lift) + 1.2 * bulge;
    }
    canvas.polygon(lips, outline);
    for (int i = 1; i < POINTS; i++) {
      double from = -1 + 2.0 * (i - 1) / (POINTS - 1);
      double to = -1 + 2.0 * i / (POINTS - 1);
      canvas.line(
          x + half * from,
          middle(from, lift),
          x + half * to,
          middle(to, lift),
          2,
          lips.darker(0.45));
    }
  }

  private double middle(double t, double lift) {
    return y - lift * (t * t - 0.4);
  }
}
