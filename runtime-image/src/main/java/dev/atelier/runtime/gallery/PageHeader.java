package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import dev.atelier.stage.TerminationMessage;
import java.util.ArrayList;
import java.util.List;

/** Name, verdict of the gate, and what the page is about. */
final class PageHeader {

  private PageHeader() {}

  /**
   * What stands above a page.
   *
   * @param kicker the kind of result, and where
   * @param facts what is worth knowing first
   */
  record Heading(
      String kicker, String name, List<String> facts, Report.Gate gate, List<String> advice) {}

  static String html(Gallery gallery) {
    var report = gallery.report();
    return html(
        new Heading(
            "%s in %s, run %s".formatted(report.title(), report.namespace(), report.run()),
            report.name(),
            facts(gallery),
            report.gate(),
            report.advice()));
  }

  static String html(Heading heading) {
    return """
        <header>
        <p class="kicker">%s</p>
        <h1>%s</h1>
        <p class="lede">%s</p>
        %s%s</header>
        """
        .formatted(
            escape(heading.kicker()),
            escape(heading.name()),
            escape(String.join(" · ", heading.facts())),
            gate(heading.gate()),
            advice(heading.advice()));
  }

  private static List<String> facts(Gallery gallery) {
    var report = gallery.report();
    var facts = new ArrayList<String>();
    long used = report.photos().stream().filter(photo -> photo.used()).count();
    if (used > 0) {
      facts.add("learned from %d of %d photos".formatted(used, report.photos().size()));
    }
    facts.addAll(facts(report.samples(), "pictures", report.prompts().size()));
    return facts;
  }

  /** How many there are of what was asked for. */
  static List<String> facts(TerminationMessage.Samples samples, String what, int prompts) {
    var facts = new ArrayList<String>();
    facts.add(
        "%d of %d %s from %d %s"
            .formatted(
                samples.produced(),
                samples.requested(),
                what,
                prompts,
                prompts == 1 ? "prompt" : "prompts"));
    if (samples.blocked() > 0) {
      facts.add("%d blocked by the output check".formatted(samples.blocked()));
    }
    if (samples.failed() > 0) {
      facts.add("%d failed".formatted(samples.failed()));
    }
    return facts;
  }

  private static String gate(Report.Gate gate) {
    return switch (gate.decision()) {
      case "Passed" -> "<p class=\"badge good\">✓ Gate passed</p>\n";
      case "Failed" -> "<p class=\"badge bad\">✕ Gate failed</p>\n" + findings(gate.findings());
      default -> "<p class=\"badge\">No gate</p>\n";
    };
  }

  private static String advice(List<String> advice) {
    return advice.isEmpty()
        ? ""
        : "<p class=\"lede\">About the prompts, none of which was refused:</p>\n"
            + findings(advice);
  }

  private static String findings(List<String> findings) {
    var items = new StringBuilder();
    findings.forEach(finding -> items.append("<li>%s</li>".formatted(escape(finding))));
    return "<ul class=\"findings\">%s</ul>\n".formatted(items);
  }
}
