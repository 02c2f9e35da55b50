package dev.atelier.runtime.gallery;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.Arrays;

/**
 * The shape of a character, in 1/1000 em, y downwards from the baseline.
 *
 * @param advance how far the next character is
 */
record Glyph(double advance, Shape outline) {

  /** Reads code point, advance and outline: {@code M x,y L x,y Q x,y,x,y C x,y,x,y,x,y Z}. */
  static Glyph parse(String[] fields) {
    var path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    if (fields.length > 2) {
      Arrays.stream(fields[2].split(" ")).forEach(segment -> append(path, segment));
    }
    return new Glyph(Double.parseDouble(fields[1]), path);
  }

  private static void append(Path2D path, String segment) {
    double[] at =
        segment.length() == 1
            ? new double[0]
            : Arrays.stream(segment.substring(1).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    switch (segment.charAt(0)) {
      case 'M' -> path.moveTo(at[0], at[1]);
      case 'L' -> path.lineTo(at[0], at[1]);
      case 'Q' -> path.quadTo(at[0], at[1], at[2], at[3]);
      case 'C' -> path.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
      case 'Z' -> path.closePath();
      default -> throw new IllegalArgumentException("not a segment of an outline: " + segment);
    }
  }
}
