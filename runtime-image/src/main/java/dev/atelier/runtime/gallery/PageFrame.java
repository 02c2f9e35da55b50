package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import java.nio.charset.StandardCharsets;

/**
 * What every page is put into: it holds all that it shows, opens from a file without any request,
 * and reads well in light and dark, on a desk and in a hand.
 *
 * @param title of the window
 * @param styles CSS
 * @param media whether the page plays clips
 * @param body well-formed HTML: header, main, footer
 * @param script JavaScript
 */
record PageFrame(String title, String styles, boolean media, String body, String script) {

  private static final String FRAME =
      """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; %sstyle-src 'unsafe-inline'; script-src 'unsafe-inline'"/>
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s<script>
        %s</script>
        </body>
        </html>
        """;

  /** In which a picture of the page can be looked at; goes before the script that fills it. */
  static final String LARGE_PICTURE =
      """
        <dialog aria-label="Picture in full size"><img src="data:," alt=""/><p></p><form method="dialog"><button>Close</button></form></dialog>
        """;

  /** The file's bytes. */
  byte[] bytes() {
    return FRAME
        .formatted(media ? "media-src data:; " : "", escape(title), styles, body, script)
        .getBytes(StandardCharsets.UTF_8);
  }
}
