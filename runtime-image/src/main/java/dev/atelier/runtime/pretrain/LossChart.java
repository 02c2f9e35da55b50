package dev.atelier.runtime.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The loss over the steps as an SVG picture: both axes from the data, the loss in logarithms. */
final class LossChart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 40;
  private static final int MOST_POINTS = 240;
  private static final double[] MARKS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};

  private final String title;
  private final List<LossCurve.Point> points;
  private final double lowest;
  private final double highest;

  private LossChart(String title, List<LossCurve.Point> points) {
    this.title = title;
    this.points = thinned(points);
    lowest = this.points.stream().mapToDouble(LossCurve.Point::loss).min().orElse(1) * 0.9;
    highest = this.points.stream().mapToDouble(LossCurve.Point::loss).max().orElse(1) * 1.1;
  }

  /** The chart of a curve. */
  static String svg(String title, List<LossCurve.Point> points) {
    return new LossChart(title, points).svg();
  }

  /** Neighbours are averaged until few enough are left. */
  private static List<LossCurve.Point> thinned(List<LossCurve.Point> points) {
    int together = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    var thinned = new ArrayList<LossCurve.Point>();
    for (int at = 0; at + together <= points.size() && together > 0; at += together) {
      var group = points.subList(at, at + together);
      var last = group.get(together - 1);
      double mean = group.stream().mapToDouble(LossCurve.Point::loss).average().orElse(0);
      thinned.add(
          new LossCurve.Point(
              last.step(), mean, last.gradientNorm(), last.learningRate(), last.seconds()));
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
    int last = points.isEmpty() ? 1 : points.get(points.size() - 1).step();
    for (int quarter = 0; quarter <= 4; quarter++) {
      int step = last * quarter / 4;
      out.append(text(x(step), HEIGHT - BOTTOM + 20, "middle", number("%,d", step)));
    }
    out.append("<polyline fill=\"none\" stroke=\"#1f6feb\" stroke-width=\"1.6\" points=\"");
    points.forEach(
        point ->
            out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.step()), y(point.loss()))));
    return out.append("\"/>\n</svg>\n").toString();
  }

  private double x(int step) {
    int last = points.isEmpty() ? 1 : points.get(points.size() - 1).step();
    return LEFT + (double) (WIDTH - LEFT - RIGHT) * step / last;
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
