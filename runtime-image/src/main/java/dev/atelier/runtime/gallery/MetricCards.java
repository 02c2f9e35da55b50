package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;
import static dev.atelier.runtime.gallery.Html.number;

import dev.atelier.runtime.evaluate.Interval;
import dev.atelier.stage.GateInput;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Each metric with the base model's number, what photos reach, its bound, and its definition. */
final class MetricCards {

  /** What does not lie between 0 and 1, so that a line from 0 to 1 would say nothing. */
  private static final Set<String> UNBOUNDED =
      Set.of(
          "ClipDiscrepancy",
          "FrechetInception",
          "FrechetInceptionClean",
          "KernelInception",
          "InceptionScore",
          "Density",
          "FrechetVideo",
          "Flicker",
          "Motion");

  private MetricCards() {}

  static String html(List<Report.Metric> metrics, Report.Gate gate) {
    if (metrics.isEmpty()) {
      return "";
    }
    var measured =
        metrics.stream()
            .filter(metric -> metric.value() != null)
            .map(metric -> card(metric, gate))
            .collect(Collectors.joining());
    var missing =
        metrics.stream()
            .filter(metric -> metric.value() == null)
            .map(MetricCards::missing)
            .collect(Collectors.joining());
    return """
        <section aria-labelledby="metrics">
        <h2 id="metrics">Measured</h2>
        <div class="metrics">
        %s</div>
        %s</section>
        """
        .formatted(
            measured,
            missing.isEmpty() ? "" : "<dl class=\"missing\">\n%s</dl>\n".formatted(missing));
  }

  private static String card(Report.Metric metric, Report.Gate gate) {
    return """
        <article class="metric">
        <h3>%s</h3>
        <p class="value">%s</p>
        %s<p class="direction">%s</p>
        %s<dl>%s%s%s</dl>
        %s<details><summary>How it is measured</summary>%s%s</details>
        </article>
        """
        .formatted(
            escape(Words.metric(metric.name())),
            number(metric.value() == null ? 0 : metric.value()),
            interval(metric.interval()),
            Words.direction(metric.name()),
            scale(metric),
            line("base", "base model", metric.baseline())
                + between(metric.baselineInterval())
                + difference(metric.difference()),
            line("ceiling", "real photos", metric.photos()),
            bounds(metric.name(), gate),
            paragraph("note", "", metric.notCompared()),
            paragraph("text", "", metric.explanation()),
            paragraph("text", "Measured with ", metric.model()));
  }

  private static String interval(@Nullable Interval interval) {
    return interval == null
        ? ""
        : "<p class=\"interval\">%s: %s</p>\n".formatted(level(interval), range(interval));
  }

  private static String between(@Nullable Interval interval) {
    return interval == null ? "" : line("", level(interval), range(interval));
  }

  /** As "95 %". */
  private static String level(Interval interval) {
    return "%.0f %%".formatted(100 * interval.level());
  }

  private static String range(Interval interval) {
    return "%s to %s".formatted(number(interval.low()), number(interval.high()));
  }

  private static String difference(@Nullable Double difference) {
    return difference == null
        ? ""
        : line("", "difference", String.format(Locale.ROOT, "%+.2f", difference));
  }

  private static String paragraph(String kind, String before, @Nullable String text) {
    return text == null ? "" : "<p class=\"%s\">%s%s</p>\n".formatted(kind, before, escape(text));
  }

  /** A line from 0 to 1 with a mark for each number; the numbers stand below it as text. */
  private static String scale(Report.Metric metric) {
    if (UNBOUNDED.contains(metric.name())) {
      return "";
    }
    var marks = new StringBuilder();
    mark(marks, "ceiling", metric.photos());
    mark(marks, "base", metric.baseline());
    mark(marks, "own", metric.value());
    return "<div class=\"scale\" aria-hidden=\"true\">%s</div>\n".formatted(marks);
  }

  private static void mark(StringBuilder marks, String kind, @Nullable Double value) {
    if (value != null) {
      marks.append(
          String.format(
              Locale.ROOT,
              "<i class=\"%s\" style=\"left:calc((100%% - 10px) * %.3f)\"></i>",
              kind,
              Math.max(0, Math.min(1, value))));
    }
  }

  private static String line(String kind, String label, @Nullable Double value) {
    return value == null ? "" : line(kind, label, number(value));
  }

  private static String line(String kind, String label, String text) {
    return "<div><dt class=\"%s\">%s</dt><dd>%s</dd></div>".formatted(kind, label, text);
  }

  private static String bounds(String metric, Report.Gate gate) {
    return gate.bounds().stream()
        .filter(bound -> bound.metric().equals(metric))
        .map(MetricCards::bound)
        .collect(Collectors.joining());
  }

  private static String bound(GateInput bound) {
    var text =
        (bound.min() == null ? "" : "at least " + number(bound.min()))
            + (bound.min() == null || bound.max() == null ? "" : ", ")
            + (bound.max() == null ? "" : "at most " + number(bound.max()));
    return "<div><dt>gate</dt><dd>%s</dd></div>".formatted(text);
  }

  private static String missing(Report.Metric metric) {
    return "<div><dt>%s</dt><dd>not measured: %s</dd></div>\n"
        .formatted(escape(Words.metric(metric.name())), escape(metric.explanation()));
  }
}
