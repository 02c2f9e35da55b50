package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import java.nio.charset.StandardCharsets;

/**
 * The gallery: one page that holds everything it shows, opens from a file without any request, and
 * reads well in light and dark, on a desk and in a hand.
 */
public final class GalleryPage {

  private static final String FRAME =
      """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"/>
        <title>%s · %s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s<main>
        %s%s%s%s%s</main>
        <footer>
        <p>Every picture here was made by a model and says so in its file (IPTC digital source type
        <em>trainedAlgorithmicMedia</em>). This page holds all it shows and requests nothing.</p>
        </footer>
        <dialog aria-label="Picture in full size"><img src="data:," alt=""/><p></p><form method="dialog"><button>Close</button></form></dialog>
        <script>
        %s</script>
        </body>
        </html>
        """;

  private GalleryPage() {}

  /** The file's bytes. */
  public static byte[] html(Gallery gallery) {
    var report = gallery.report();
    return FRAME
        .formatted(
            escape(report.name()),
            escape(report.title()),
            Html.resource("gallery.css"),
            PageHeader.html(gallery),
            MetricCards.html(report),
            CurveSection.html(report.curve()),
            PromptSections.html(gallery),
            PhotoGrid.html(gallery),
            ProvenanceList.html(report),
            Html.resource("gallery.js"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
