package dev.atelier.runtime.film;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** The shapes that move. */
public enum Form {
  BALL {
    @Override
    Shape outline(double x, double y, double radius) {
      return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    @Override
    double area() {
      return Math.PI;
    }
  },
  SQUARE {
    @Override
    Shape outline(double x, double y, double radius) {
      return new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    @Override
    double area() {
      return 4;
    }
  },
  /** Upright, as high as wide; its centre of mass lies two thirds from the top. */
  TRIANGLE {
    @Override
    Shape outline(double x, double y, double radius) {
      var path = new Path2D.Double();
      path.moveTo(x, y - radius * 4 / 3);
      path.lineTo(x + radius, y + radius * 2 / 3);
      path.lineTo(x - radius, y + radius * 2 / 3);
      path.closePath();
      return path;
    }

    @Override
    double area() {
      return 2;
    }
  };

  /** The shape around a centre of mass. */
  abstract Shape outline(double x, double y, double radius);

  /** Area at radius 1. */
  abstract double area();

  /** The word in captions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
