package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import dev.atelier.runtime.photo.PhotoVerdict;
import dev.atelier.runtime.photo.VarietyReport;
import dev.atelier.runtime.photo.Verdict;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The photos with their verdicts, the used ones first. */
final class PhotoGrid {

  private PhotoGrid() {}

  static String html(Gallery gallery) {
    var photos = gallery.report().photos();
    if (photos.isEmpty()) {
      return "";
    }
    return """
        <section aria-labelledby="photos">
        <h2 id="photos">Photos</h2>
        %s<ul class="photos">
        %s</ul>
        </section>
        """
        .formatted(
            variety(gallery.report().variety()),
            photos.stream()
                .sorted(Comparator.comparing((PhotoVerdict photo) -> !photo.used()))
                .map(photo -> item(photo, gallery))
                .collect(Collectors.joining()));
  }

  private static String variety(@Nullable VarietyReport variety) {
    if (variety == null || variety.photos() == 0) {
      return "";
    }
    var advice =
        variety.advice().stream()
            .map(one -> "<li>%s</li>".formatted(escape(one)))
            .collect(Collectors.joining());
    return "<p class=\"lede\">%s</p>\n%s"
        .formatted(
            escape(variety.summary()),
            advice.isEmpty() ? "" : "<ul class=\"findings variety\">%s</ul>\n".formatted(advice));
  }

  private static String item(PhotoVerdict photo, Gallery gallery) {
    var preview = gallery.photos().get(photo.file());
    return """
        <li><figure>%s
        <figcaption><b class="%s">%s</b> <span>%s</span>%s</figcaption></figure></li>
        """
        .formatted(
            preview == null
                ? "<p class=\"absent\">not readable</p>"
                : Html.shot(preview, "photo %s, %s".formatted(photo.name(), Words.verdict(photo))),
            tone(photo),
            escape(Words.verdict(photo)),
            escape(photo.name()).replace("_", "_<wbr/>"),
            advice(photo));
  }

  private static String advice(PhotoVerdict photo) {
    var advice = Words.advice(photo);
    return advice.isEmpty() ? "" : " <span>%s</span>".formatted(escape(advice));
  }

  private static String tone(PhotoVerdict photo) {
    if (photo.used()) {
      return "good";
    }
    return photo.verdict() == Verdict.Accepted ? "warning" : "bad";
  }
}
