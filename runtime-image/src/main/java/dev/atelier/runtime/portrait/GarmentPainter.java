package dev.atelier.runtime.portrait;

/** Paints neck and clothes. */
final class GarmentPainter {

  private static final Rgb CORD = new Rgb(245, 245, 245);
  private static final Rgb SHIRT_FRONT = new Rgb(246, 246, 246);
  private static final Rgb TIE = new Rgb(176, 30, 40);
  private static final Rgb TIE_ON_RED = new Rgb(30, 36, 70);
  private static final double HEM = 340;

  private final Canvas canvas;
  private final Anatomy at;
  private final double x;
  private final double y;
  private final Rgb skin;
  private final Rgb cloth;
  private final Rgb seam;

  GarmentPainter(Canvas canvas, Anatomy at, Identity person, Scene scene) {
    this.canvas = canvas;
    this.at = at;
    this.x = at.x();
    this.y = at.shoulders();
    this.skin = person.skin().darker(0.18);
    this.cloth = scene.colour().colour();
    this.seam = cloth.seam();
  }

  void paint(Garment garment, GarmentColour colour) {
    canvas.roundBox(x - 21, at.chin() - 26, x + 21, y + 26, 12, skin);
    canvas.polygon(
        cloth, x - 118, HEM, x - 96, y + 34, x - 50, y + 10, x - 22, y, x + 22, y, x + 50, y + 10,
        x + 96, y + 34, x + 118, HEM);
    switch (garment) {
      case TSHIRT -> tshirt();
      case HOODIE -> hoodie();
      case SUIT -> suit(colour);
      case SHIRT -> shirt();
      case TURTLENECK -> turtleneck();
      case SWEATER -> sweater();
    }
  }

  private void tshirt() {
    canvas.ellipse(x - 27, y - 16, x + 27, y + 22, skin);
    canvas.arc(x - 29, y - 16, x + 29, y + 25, 0, 180, 5, seam);
  }

  private void hoodie() {
    canvas.ellipse(x - 52, y - 20, x + 52, y + 34, seam);
    canvas.ellipse(x - 30, y - 18, x + 30, y + 20, skin);
    canvas.line(x - 16, y + 24, x - 18, 252, 5, CORD);
    canvas.line(x + 16, y + 24, x + 18, 252, 5, CORD);
  }

  private void suit(GarmentColour colour) {
    boolean reddish = colour == GarmentColour.RED || colour == GarmentColour.ORANGE;
    canvas.polygon(SHIRT_FRONT, x - 27, y - 4, x + 27, y - 4, x, 300);
    canvas.polygon(
        reddish ? TIE_ON_RED : TIE, x - 8, y + 8, x + 8, y + 8, x + 11, 300, x - 11, 300);
    for (int side : new int[] {-1, 1}) {
      canvas.polygon(
          seam,
          x + side * 28,
          y - 8,
          x + side * 50,
          y + 26,
          x + side * 34,
          y + 36,
          x,
          300,
          x + side * 24,
          y + 10);
    }
  }

  private void shirt() {
    canvas.polygon(skin, x - 20, y - 2, x + 20, y - 2, x, y + 30);
    for (int side : new int[] {-1, 1}) {
      canvas.polygon(
          cloth.lighter(0.35), x + side * 26, y - 10, x + side * 36, y + 16, x + side * 4, y + 34);
    }
    for (double button = y + 40; button < 330; button += 15) {
      canvas.disc(x, button, 3, seam);
    }
  }

  private void turtleneck() {
    canvas.roundBox(x - 27, y - 22, x + 27, y + 14, 9, cloth);
    canvas.line(x - 26, y - 4, x + 26, y - 4, 3, seam);
    canvas.line(x - 26, y + 10, x + 26, y + 10, 4, seam);
  }

  private void sweater() {
    canvas.ellipse(x - 30, y - 16, x + 30, y + 16, skin);
    canvas.arc(x - 34, y - 18, x + 34, y + 20, 0, 180, 8, seam);
    for (double row = y + 40; row < 336; row += 16) {
      double half = 97 + (row - y - 34) * 0.16;
      canvas.line(x - half, row, x + half, row, 5, seam);
    }
  }
}
