package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.Face;
import dev.atelier.runtime.perception.Landmarks;
import dev.atelier.runtime.perception.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.BiConsumer;

/** Draws what people hide their faces behind, at the places of a face's landmarks. */
enum Covers {
  SUNGLASSES(
      (canvas, at) -> {
        lenses(canvas, at, new Color(18, 18, 20));
      }),
  BROWN_SUNGLASSES(
      (canvas, at) -> {
        lenses(canvas, at, new Color(60, 38, 22));
      }),
  SURGICAL_MASK((canvas, at) -> mask(canvas, at, new Color(150, 190, 215), true)),
  WHITE_MASK((canvas, at) -> mask(canvas, at, new Color(238, 238, 235), true)),
  BLACK_MASK((canvas, at) -> mask(canvas, at, new Color(22, 22, 24), false)),
  RED_SCARF((canvas, at) -> mask(canvas, at, new Color(150, 25, 35), true)),
  BAR_OVER_THE_EYES(
      (canvas, at) -> {
        double unit = unit(at);
        canvas.setColor(Color.BLACK);
        double y = (at.leftEye().y() + at.rightEye().y()) / 2;
        canvas.fillRect(
            (int) (at.leftEye().x() - 0.6 * unit),
            (int) (y - 0.28 * unit),
            (int) (2.2 * unit),
            (int) (0.56 * unit));
      }),
  HAND_OVER_THE_MOUTH(
      (canvas, at) -> {
        double unit = unit(at);
        var mouth = at.leftMouth().middle(at.rightMouth());
        for (int finger = 0; finger < 4; finger++) {
          canvas.setColor(new Color(205 - 6 * finger, 155 - 5 * finger, 130 - 4 * finger));
          canvas.fillRoundRect(
              (int) (mouth.x() - 1.1 * unit),
              (int) (mouth.y() - 0.42 * unit + finger * 0.24 * unit),
              (int) (2.2 * unit),
              (int) (0.25 * unit),
              (int) (0.2 * unit),
              (int) (0.2 * unit));
        }
      });

  private final BiConsumer<Graphics2D, Landmarks> paint;

  Covers(BiConsumer<Graphics2D, Landmarks> paint) {
    this.paint = paint;
  }

  /** A copy of the picture with the face covered. */
  BufferedImage on(BufferedImage picture, Face face) {
    var copy =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = copy.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.drawImage(picture, 0, 0, null);
    paint.accept(canvas, face.landmarks());
    canvas.dispose();
    return copy;
  }

  private static double unit(Landmarks at) {
    return Math.hypot(at.rightEye().x() - at.leftEye().x(), at.rightEye().y() - at.leftEye().y());
  }

  private static void lenses(Graphics2D canvas, Landmarks at, Color colour) {
    double unit = unit(at);
    canvas.setColor(colour);
    for (Point eye : new Point[] {at.leftEye(), at.rightEye()}) {
      canvas.fillOval(
          (int) (eye.x() - 0.42 * unit),
          (int) (eye.y() - 0.3 * unit),
          (int) (0.84 * unit),
          (int) (0.66 * unit));
    }
    canvas.setStroke(new BasicStroke((float) (0.07 * unit)));
    canvas.drawLine(
        (int) at.leftEye().x(),
        (int) at.leftEye().y(),
        (int) at.rightEye().x(),
        (int) at.rightEye().y());
    canvas.setColor(new Color(255, 255, 255, 60));
    canvas.fillOval(
        (int) (at.leftEye().x() - 0.25 * unit),
        (int) (at.leftEye().y() - 0.2 * unit),
        (int) (0.2 * unit),
        (int) (0.12 * unit));
  }

  private static void mask(Graphics2D canvas, Landmarks at, Color colour, boolean pleats) {
    double unit = unit(at);
    var nose = at.nose();
    var mouth = at.leftMouth().middle(at.rightMouth());
    var shape = new Polygon();
    double[][] outline = {
      {-1.0, -0.15}, {0, -0.35}, {1.0, -0.15}, {0.95, 0.9}, {0.4, 1.35}, {-0.4, 1.35}, {-0.95, 0.9}
    };
    for (double[] corner : outline) {
      shape.addPoint(
          (int) ((nose.x() + mouth.x()) / 2 + corner[0] * unit),
          (int) (nose.y() + corner[1] * unit));
    }
    canvas.setColor(colour);
    canvas.fillPolygon(shape);
    if (pleats) {
      canvas.setColor(colour.darker());
      canvas.setStroke(new BasicStroke((float) (0.02 * unit)));
      for (int pleat = 1; pleat <= 3; pleat++) {
        int y = (int) (nose.y() + 0.3 * pleat * unit);
        canvas.drawLine((int) (mouth.x() - 0.9 * unit), y, (int) (mouth.x() + 0.9 * unit), y);
      }
    }
  }
}
