package dev.atelier.runtime.gallery;

import java.util.ArrayList;
import java.util.Locale;

/** The gallery of clips: one page that plays everything it shows. */
public final class ClipGalleryPage {

  private static final String BODY =
      """
        %s<main>
        %s%s%s</main>
        <footer>
        <p>Every clip here was made by a model and says so in its file (IPTC digital source type
        <em>trainedAlgorithmicMedia</em>). This page holds all it shows and requests nothing.</p>
        </footer>
        """;

  private ClipGalleryPage() {}

  /** The file's bytes. */
  public static byte[] html(ClipGallery gallery) {
    var report = gallery.report();
    return new PageFrame(
            "%s · %s".formatted(report.name(), report.title()),
            Html.resource("gallery.css") + Html.resource("player.css"),
            true,
            BODY.formatted(
                PageHeader.html(heading(report)),
                MetricCards.html(report.metrics(), report.gate()),
                ClipSections.html(gallery),
                ProvenanceList.html(report.provenance())),
            Html.resource("player.js"))
        .bytes();
  }

  private static PageHeader.Heading heading(ClipReport report) {
    var facts = new ArrayList<String>();
    var delivery = report.delivery();
    if (report.samples().requested() > 0) {
      facts.addAll(PageHeader.facts(report.samples(), "clips", report.prompts().size()));
      facts.add(
          String.format(
              Locale.ROOT,
              "%d x %d, %d frames at %d per second: %.2f s",
              delivery.width(),
              delivery.height(),
              delivery.frames(),
              delivery.framesPerSecond(),
              delivery.seconds()));
      facts.add(delivery.size());
    } else {
      facts.add("no prompts: nothing was drawn");
    }
    return new PageHeader.Heading(
        "%s in %s, run %s".formatted(report.title(), report.namespace(), report.run()),
        report.name(),
        facts,
        report.gate(),
        report.advice());
  }
}
