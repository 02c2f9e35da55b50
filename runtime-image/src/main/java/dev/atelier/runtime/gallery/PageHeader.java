package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import java.util.ArrayList;
import java.util.List;

/** Name, verdict of the gate, and what the page is about. */
final class PageHeader {

  private PageHeader() {}

  static String html(Gallery gallery) {
    var report = gallery.report();
    return """
        <header>
        <p class="kicker">%s in %s, run %s</p>
        <h1>%s</h1>
        <p class="lede">%s</p>
        %s%s</header>
        """
        .formatted(
            escape(report.title()),
            escape(report.namespace()),
            escape(report.run()),
            escape(report.name()),
            escape(String.join(" · ", facts(gallery))),
            gate(report.gate()),
            advice(report.advice()));
  }

  private static List<String> facts(Gallery gallery) {
    var report = gallery.report();
    var facts = new ArrayList<String>();
    long used = report.photos().stream().filter(photo -> photo.used()).count();
    if (used > 0) {
      facts.add("learned from %d of %d photos".formatted(used, report.photos().size()));
    }
    var samples = report.samples();
    facts.add(
        "%d of %d pictures from %d prompts"
            .formatted(samples.produced(), samples.requested(), report.prompts().size()));
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
