package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import java.util.Map;
import java.util.stream.Collectors;

/** Where the pictures come from. */
final class ProvenanceList {

  private ProvenanceList() {}

  static String html(Map<String, String> provenance) {
    return """
        <section aria-labelledby="provenance">
        <h2 id="provenance">Provenance</h2>
        <dl class="provenance">
        %s</dl>
        </section>
        """
        .formatted(
            provenance.entrySet().stream()
                .map(
                    entry ->
                        "<div><dt>%s</dt><dd>%s</dd></div>\n"
                            .formatted(
                                escape(Words.fact(entry.getKey())), escape(entry.getValue())))
                .collect(Collectors.joining()));
  }
}
