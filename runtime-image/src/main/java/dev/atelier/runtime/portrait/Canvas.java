package dev.atelier.runtime.portrait;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/**
 * Draws plain shapes in canvas units: 256 to the width of a picture, y downwards. Boxes are given
 * by their corners, angles in degrees clockwise from the right.
 */
final class Canvas {

  /** Width and height of a picture in canvas units. */
  static final int UNITS = 256;

  private final BufferedImage image;
  private final Graphics2D graphics;

  private Canvas(BufferedImage image) {
    this.image = image;
    this.graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** An empty, transparent canvas. */
  static Canvas transparent() {
    return new Canvas(new BufferedImage(UNITS, UNITS, BufferedImage.TYPE_INT_ARGB));
  }

  /** A canvas of one colour. */
  static Canvas of(Rgb colour) {
    var canvas = new Canvas(new BufferedImage(UNITS, UNITS, BufferedImage.TYPE_INT_RGB));
    canvas.box(0, 0, UNITS, UNITS, colour);
    return canvas;
  }

  /** What was drawn. */
  BufferedImage image() {
    graphics.dispose();
    return image;
  }

  /** Everything drawn from now on is moved, turned and scaled. */
  void transform(AffineTransform transform) {
    graphics.transform(transform);
  }

  /** Covers everything. */
  void paint(Paint paint) {
    graphics.setPaint(paint);
    graphics.fillRect(0, 0, UNITS, UNITS);
  }

  void fill(Shape shape, Rgb colour) {
    graphics.setColor(colour.awt());
    graphics.fill(shape);
  }

  void ellipse(double left, double top, double right, double bottom, Rgb colour) {
    fill(new Ellipse2D.Double(left, top, right - left, bottom - top), colour);
  }

  void disc(double x, double y, double radius, Rgb colour) {
    ellipse(x - radius, y - radius, x + radius, y + radius, colour);
  }

  void box(double left, double top, double right, double bottom, Rgb colour) {
    fill(new Rectangle2D.Double(left, top, right - left, bottom - top), colour);
  }

  void roundBox(double left, double top, double right, double bottom, double radius, Rgb colour) {
    fill(
        new RoundRectangle2D.Double(left, top, right - left, bottom - top, 2 * radius, 2 * radius),
        colour);
  }

  /** The corners are x, y, x, y, ... */
  void polygon(Rgb colour, double... corners) {
    fill(path(corners), colour);
  }

  void line(double x1, double y1, double x2, double y2, double width, Rgb colour) {
    outline(new Line2D.Double(x1, y1, x2, y2), width, colour);
  }

  /** Part of the outline of an ellipse. */
  void arc(
      double left,
      double top,
      double right,
      double bottom,
      double from,
      double to,
      double width,
      Rgb colour) {
    outline(arc(left, top, right, bottom, from, to, Arc2D.OPEN), width, colour);
  }

  /** The part of an ellipse that a chord cuts off. */
  void chord(
      double left, double top, double right, double bottom, double from, double to, Rgb colour) {
    fill(arc(left, top, right, bottom, from, to, Arc2D.CHORD), colour);
  }

  void outline(Shape shape, double width, Rgb colour) {
    graphics.setColor(colour.awt());
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  /** A closed path through corners x, y, x, y, ... */
  static Path2D path(double... corners) {
    var path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static Arc2D arc(
      double left, double top, double right, double bottom, double from, double to, int type) {
    return new Arc2D.Double(left, top, right - left, bottom - top, -from, from - to, type);
  }
}
