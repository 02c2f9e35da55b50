package dev.atelier.runtime.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The loss over the steps as an SVG picture: both axes from the data, the loss in logarithms. The
 * loss of what training does not see, where it was measured, is a line of its own with dots.
 */
public final class LossChart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 40;
  private static final int MOST_POINTS = 240;
  private static final double[] MARKS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};

  /** The loss up to a step. */
  public record Point(int step, double loss) {}

  private final String title;
  private final List<Point> points;
  private final List<Point> validation;
  private final double lowest;
  private final double highest;

  private LossChart(String title, List<Point> points, List<Point> validation) {
    this.title = title;
    this.points = thinned(points);
    this.validation = List.copyOf(validation);
    lowest = losses().min().orElse(1) * 0.9;
    highest = losses().max().orElse(1) * 1.1;
  }

  /** The chart of a curve. */
  public static String svg(String title, List<Point> points) {
    return svg(title, points, List.of());
  }

  /**
   * The chart of a curve.
   *
   * @param validation losses of what training does not see
   */
  public static String svg(String title, List<Point> points, List<Point> validation) {
    return new LossChart(title, points, validation).svg();
  }

  private DoubleStream losses() {
    return Stream.concat(points.stream(), validation.stream()).mapToDouble(Point::loss);
  }

  /** Neighbours are averaged until few enough are left. */
  private static List<Point> thinned(List<Point> points) {
    int together = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    var thinned = new ArrayList<Point>();
    for (int at = 0; at + together <= points.size() && together > 0; at += together) {
      var group = points.subList(at, at + together);
      double mean = group.stream().mapToDouble(Point::loss).average().orElse(0);
      thinned.add(new Point(group.get(together - 1).step(), mean));
    }
    return thinned;
  }

  private String svg() {
    var out = new StringBuilder();
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">\n"
            .formatted(WIDTH, HEIGHT));
    out.append("<rect width=\"100%\" height=\"100%\" fill=\"#fbfbfa\"/>\n");
    out.append(text(LEFT, 24, "start", title));
    for (double mark : MARKS) {
      if (mark > lowest && mark < highest) {
        out.append(line(LEFT, y(mark), WIDTH - RIGHT, y(mark)));
        out.append(text(LEFT - 8, y(mark) + 4, "end", number("%s", mark)));
      }
    }
    for (int quarter = 0; quarter <= 4; quarter++) {
      int step = last() * quarter / 4;
      out.append(text(x(step), HEIGHT - BOTTOM + 20, "middle", number("%,d", step)));
    }
    out.append(curve("#1f6feb", points));
    if (!validation.isEmpty()) {
      out.append(text(WIDTH - RIGHT, 24, "end", "with dots: not seen by training"));
      out.append(curve("#bf5b16", validation));
      validation.forEach(
          point ->
              out.append(
                  String.format(
                      Locale.ROOT,
                      "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#bf5b16\"/>\n",
                      x(point.step()),
                      y(point.loss()))));
    }
    return out.append("</svg>\n").toString();
  }

  private String curve(String colour, List<Point> line) {
    var out = new StringBuilder();
    out.append(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"".formatted(colour));
    line.forEach(
        point ->
            out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.step()), y(point.loss()))));
    return out.append("\"/>\n").toString();
  }

  private double x(int step) {
    return LEFT + (double) (WIDTH - LEFT - RIGHT) * step / last();
  }

  private int last() {
    return Stream.concat(points.stream(), validation.stream())
        .mapToInt(Point::step)
        .max()
        .orElse(1);
  }

  private double y(double loss) {
    double share = Math.log(loss / lowest) / Math.log(highest / lowest);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#d9d9d6\"/>\n",
        x1,
        y1,
        x2,
        y2);
  }

  private static String text(double x, double y, String anchor, String words) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#30363d\">%s</text>\n",
        x,
        y,
        anchor,
        words);
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
