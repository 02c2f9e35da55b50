package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One score of all rounds over the steps, as a drawing that takes its colours from the page: a
 * filled dot for a member of the front, a line where the published step is.
 */
record CurvePlot(Curve curve, String title, ToDoubleFunction<Curve.Round> score) {

  private static final double LEFT = 44;
  private static final double RIGHT = 312;
  private static final double TOP = 14;
  private static final double BOTTOM = 118;
  private static final double RADIUS = 4;

  /** Room above and below the values, as a share of their range. */
  private static final double MARGIN = 0.08;

  /**
   * A range so small is drawn as a line in the middle rather than as noise over the full height.
   */
  private static final double SMALLEST_RANGE = 1e-3;

  String svg() {
    return """
        <svg viewBox="0 0 324 146" role="img" aria-label="%1$s">
        <line class="axis" x1="44" y1="118" x2="312" y2="118"/>
        %2$s<line class="chosen" x1="%3$s" y1="8" x2="%3$s" y2="118"/>
        <polyline points="%4$s"/>
        %5$s%6$s</svg>
        """
        .formatted(
            escape(label()),
            scale(),
            at(x(curve.selectedStep())),
            rounds().stream().map(this::point).collect(Collectors.joining(" ")),
            rounds().stream().map(this::dot).collect(Collectors.joining()),
            steps());
  }

  private String label() {
    return "%s over the steps: %s; published is step %d"
        .formatted(
            title,
            rounds().stream()
                .map(round -> "%d: %s".formatted(round.step(), number(score.applyAsDouble(round))))
                .collect(Collectors.joining(", ")),
            curve.selectedStep());
  }

  private String scale() {
    return text(LEFT - 6, TOP + 4, "end", number(highest()))
        + text(LEFT - 6, BOTTOM, "end", number(lowest()));
  }

  private String steps() {
    int last = rounds().get(rounds().size() - 1).step();
    int chosen = curve.selectedStep();
    boolean apart = Math.abs(x(last) - x(chosen)) > 60;
    return text(x(chosen), 136, anchor(chosen), "step " + chosen)
        + (apart ? text(x(last), 136, "end", String.valueOf(last)) : "");
  }

  private String anchor(int step) {
    double at = x(step);
    return at < LEFT + 30 ? "start" : at > RIGHT - 30 ? "end" : "middle";
  }

  private String point(Curve.Round round) {
    return at(x(round.step())) + "," + at(y(score.applyAsDouble(round)));
  }

  private String dot(Curve.Round round) {
    return "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
        .formatted(
            round.front() ? "front" : "beaten",
            at(x(round.step())),
            at(y(score.applyAsDouble(round))),
            at(round.step() == curve.selectedStep() ? 1.5 * RADIUS : RADIUS));
  }

  private double x(int step) {
    int first = rounds().get(0).step();
    int last = rounds().get(rounds().size() - 1).step();
    double share = first == last ? 0.5 : (double) (step - first) / (last - first);
    return LEFT + 10 + share * (RIGHT - LEFT - 20);
  }

  private double y(double value) {
    double range = highest() - lowest();
    double share = range < SMALLEST_RANGE ? 0.5 : (value - lowest()) / range;
    return BOTTOM - (MARGIN + (1 - 2 * MARGIN) * share) * (BOTTOM - TOP);
  }

  private double highest() {
    return rounds().stream().mapToDouble(score).max().orElse(1);
  }

  private double lowest() {
    return rounds().stream().mapToDouble(score).min().orElse(0);
  }

  private List<Curve.Round> rounds() {
    return curve.rounds();
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
        .formatted(at(x), at(y), anchor, escape(text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
