package dev.atelier.runtime.gallery;

/**
 * The gallery: one page that holds everything it shows, opens from a file without any request, and
 * reads well in light and dark, on a desk and in a hand.
 */
public final class GalleryPage {

  private static final String BODY =
      """
        %s<main>
        %s%s%s%s%s</main>
        <footer>
        <p>Every picture here was made by a model and says so in its file (IPTC digital source type
        <em>trainedAlgorithmicMedia</em>). This page holds all it shows and requests nothing.</p>
        </footer>
        """;

  private GalleryPage() {}

  /** The file's bytes. */
  public static byte[] html(Gallery gallery) {
    var report = gallery.report();
    var body =
        BODY.formatted(
            PageHeader.html(gallery),
            MetricCards.html(report.metrics(), report.gate()),
            CurveSection.html(report.curve()),
            PromptSections.html(gallery),
            PhotoGrid.html(gallery),
            ProvenanceList.html(report.provenance()));
    return new PageFrame(
            "%s · %s".formatted(report.name(), report.title()),
            Html.resource("gallery.css"),
            false,
            body + PageFrame.LARGE_PICTURE,
            Html.resource("gallery.js"))
        .bytes();
  }
}
