package dev.atelier.runtime.portrait;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.List;

/** Paints places, a little out of focus. */
final class Backdrops {

  private static final int SIZE = Canvas.UNITS;
  private static final double BLUR = 2;
  private static final List<Rgb> WALLS =
      List.of(
          new Rgb(170, 176, 186),
          new Rgb(196, 198, 202),
          new Rgb(140, 160, 190),
          new Rgb(206, 196, 184));
  private static final List<Rgb> LEAVES =
      List.of(new Rgb(40, 110, 44), new Rgb(62, 136, 54), new Rgb(30, 88, 38));
  private static final List<Rgb> TOWERS = List.of(new Rgb(22, 24, 48), new Rgb(30, 30, 60));
  private static final List<Rgb> BOOKS =
      List.of(
          new Rgb(160, 50, 40),
          new Rgb(40, 80, 120),
          new Rgb(190, 160, 90),
          new Rgb(60, 110, 70),
          new Rgb(120, 70, 110));

  private Backdrops() {}

  /** A place, 256 x 256. */
  static BufferedImage of(Place place, Dice dice) {
    return blurred(sharp(place, dice));
  }

  private static BufferedImage sharp(Place place, Dice dice) {
    return switch (place) {
      case STUDIO -> studio(dice);
      case OFFICE -> office(dice);
      case BEACH -> beach(dice);
      case FOREST -> forest(dice);
      case NIGHT_CITY -> nightCity(dice);
      case LIBRARY -> library(dice);
      case SNOW -> snow(dice);
      case SUNSET -> sunset();
    };
  }

  private static BufferedImage studio(Dice dice) {
    var wall = dice.of(WALLS);
    var canvas = Canvas.of(wall);
    canvas.paint(
        new RadialGradientPaint(
            SIZE / 2f,
            0.4f * SIZE,
            0.8f * SIZE,
            new float[] {0, 1},
            new Color[] {wall.lighter(0.18).awt(), wall.darker(0.32).awt()}));
    return canvas.image();
  }

  private static BufferedImage office(Dice dice) {
    var canvas = sky(new Rgb(214, 222, 230), new Rgb(168, 178, 190));
    double shift = dice.between(-20, 20);
    var frame = new Rgb(90, 100, 112);
    for (double x : new double[] {8, 96, 184}) {
      double left = x + shift;
      canvas.box(left, 14, left + 70, 130, new Rgb(190, 224, 250));
      canvas.line(left + 35, 14, left + 35, 130, 5, frame);
      canvas.outline(Canvas.path(left, 14, left + 70, 14, left + 70, 130, left, 130), 5, frame);
    }
    canvas.box(0, 170, SIZE, SIZE, new Rgb(120, 92, 66));
    return canvas.image();
  }

  private static BufferedImage beach(Dice dice) {
    var canvas = sky(new Rgb(96, 180, 244), new Rgb(206, 236, 252));
    double horizon = dice.between(100, 125);
    canvas.box(0, horizon, SIZE, horizon + 60, new Rgb(28, 136, 176));
    canvas.box(0, horizon + 55, SIZE, SIZE, new Rgb(240, 214, 150));
    canvas.disc(209, 33, 19, new Rgb(255, 244, 180));
    return canvas.image();
  }

  private static BufferedImage forest(Dice dice) {
    var canvas = sky(new Rgb(120, 170, 90), new Rgb(34, 78, 36));
    for (int i = 0; i < 7; i++) {
      double x = i * 40 + dice.between(-12, 12);
      canvas.box(x, 0, x + dice.between(9, 17), SIZE, new Rgb(78, 54, 32));
    }
    for (int i = 0; i < 26; i++) {
      canvas.disc(
          dice.between(0, SIZE), dice.between(-10, 110), dice.between(10, 26), dice.of(LEAVES));
    }
    return canvas.image();
  }

  private static BufferedImage nightCity(Dice dice) {
    var canvas = sky(new Rgb(10, 12, 40), new Rgb(40, 28, 72));
    double x = -10;
    while (x < SIZE) {
      double width = dice.between(28, 52);
      double roof = SIZE - dice.between(70, 210);
      canvas.box(x, roof, x + width, SIZE, dice.of(TOWERS));
      windows(canvas, x, roof, width, dice);
      x += width + 3;
    }
    return canvas.image();
  }

  private static void windows(Canvas canvas, double x, double roof, double width, Dice dice) {
    for (double top = roof + 8; top < SIZE; top += 18) {
      for (double left = x + 5; left < x + width - 8; left += 14) {
        if (dice.chance(0.55)) {
          canvas.box(left, top, left + 7, top + 9, new Rgb(255, 214, 110));
        }
      }
    }
  }

  private static BufferedImage library(Dice dice) {
    var canvas = Canvas.of(new Rgb(70, 44, 26));
    for (int shelf = 0; shelf < 5; shelf++) {
      double top = shelf * 54;
      double x = 0;
      while (x < SIZE) {
        double width = dice.between(9, 18);
        canvas.box(x, top + dice.between(2, 12), x + width, top + 46, dice.of(BOOKS));
        x += width + 1;
      }
      canvas.box(0, top + 46, SIZE, top + 54, new Rgb(104, 66, 38));
    }
    return canvas.image();
  }

  private static BufferedImage snow(Dice dice) {
    var canvas = sky(new Rgb(180, 206, 232), new Rgb(236, 244, 252));
    for (int i = 0; i < 3; i++) {
      double x = i * 95 + dice.between(-20, 20);
      double peak = dice.between(40, 80);
      canvas.polygon(new Rgb(128, 146, 172), x - 70, 170, x + 20, peak, x + 110, 170);
      canvas.polygon(new Rgb(250, 252, 255), x - 8, peak + 40, x + 20, peak, x + 48, peak + 40);
    }
    canvas.box(0, 165, SIZE, SIZE, new Rgb(246, 250, 255));
    return canvas.image();
  }

  private static BufferedImage sunset() {
    var canvas = sky(new Rgb(90, 50, 120), new Rgb(255, 150, 60));
    canvas.disc(185, 125, 35, new Rgb(255, 232, 140));
    canvas.box(0, 176, SIZE, SIZE, new Rgb(60, 34, 50));
    return canvas.image();
  }

  private static Canvas sky(Rgb top, Rgb bottom) {
    var canvas = Canvas.of(top);
    canvas.paint(new GradientPaint(0, 0, top.awt(), 0, SIZE, bottom.awt()));
    return canvas;
  }

  /** Gaussian blur, rows then columns; the outermost pixels stay as they are. */
  private static BufferedImage blurred(BufferedImage image) {
    int reach = (int) Math.ceil(3 * BLUR);
    var weights = new float[2 * reach + 1];
    float sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.exp(-Math.pow(i - reach, 2) / (2 * BLUR * BLUR));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    var across =
        new ConvolveOp(new Kernel(weights.length, 1, weights), ConvolveOp.EDGE_NO_OP, null);
    var down = new ConvolveOp(new Kernel(1, weights.length, weights), ConvolveOp.EDGE_NO_OP, null);
    return down.filter(across.filter(image, null), null);
  }
}
