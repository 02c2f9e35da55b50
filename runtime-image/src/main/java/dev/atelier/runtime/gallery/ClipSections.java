package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;
import static dev.atelier.runtime.gallery.Html.number;

import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.stage.PromptInput.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Each prompt with its clips, each beside the base model's of the same seed where there is one. */
final class ClipSections {

  private final ClipGallery gallery;

  private ClipSections(ClipGallery gallery) {
    this.gallery = gallery;
  }

  static String html(ClipGallery gallery) {
    if (gallery.report().clips().isEmpty()) {
      return "";
    }
    var sections = new ClipSections(gallery);
    return """
        <section aria-labelledby="clips">
        <h2 id="clips">Clips</h2>
        %s</section>
        """
        .formatted(
            gallery.report().prompts().stream()
                .map(sections::prompt)
                .collect(Collectors.joining()));
  }

  private String prompt(Prompt prompt) {
    var report = gallery.report();
    var file = Prompts.fileName(prompt);
    var clips = report.clips().stream().filter(clip -> clip.prompt().equals(file)).toList();
    if (clips.isEmpty()) {
      return "";
    }
    return PromptArticle.html(
        prompt,
        report.drawn(prompt, file),
        "films",
        clips.stream().map(this::item).collect(Collectors.joining()),
        "");
  }

  private String item(ClipReport.Clip clip) {
    var base =
        gallery.report().baseline().stream()
            .filter(other -> other.name().equals(clip.name()))
            .findFirst();
    if (base.isEmpty()) {
      return "<li>%s</li>\n".formatted(figure(clip, gallery.clips(), ""));
    }
    return "<li class=\"pair\">%s%s</li>\n"
        .formatted(
            figure(clip, gallery.clips(), "this model"),
            figure(base.get(), gallery.baseline(), "base model"));
  }

  /**
   * @param whose said where there are two models
   */
  private String figure(ClipReport.Clip clip, Map<String, Playable> films, String whose) {
    var delivery = gallery.report().delivery();
    var film = Optional.ofNullable(films.get(clip.name()));
    return """
        <figure>%s
        <figcaption>%s<span>%s</span></figcaption></figure>
        """
        .formatted(
            film.map(found -> player(clip, found, delivery))
                .orElseGet(() -> PromptArticle.absent(clip.verdict(), clip.safety(), "clip")),
            whose.isEmpty() ? "" : "<b>%s</b>".formatted(whose),
            String.join(" · ", said(clip, film)));
  }

  private static String player(ClipReport.Clip clip, Playable film, ClipReport.Delivery delivery) {
    var alt = escape("%s, seed %d".formatted(clip.text(), clip.seed()));
    var size = "width=\"%d\" height=\"%d\"".formatted(delivery.width(), delivery.height());
    return film.video()
        .map(
            video ->
                "<video controls=\"\" loop=\"\" muted=\"\" playsinline=\"\" preload=\"metadata\" data-clip=\"%s\" aria-label=\"%s\" poster=\"%s\" %s src=\"%s\"></video>"
                    .formatted(escape(clip.name()), alt, film.poster(), size, video))
        .orElseGet(
            () ->
                "<img src=\"%s\" %s alt=\"%s\"/>"
                    .formatted(film.preview().orElse(film.poster()), size, alt));
  }

  private static List<String> said(ClipReport.Clip clip, Optional<Playable> film) {
    var said = new ArrayList<String>();
    said.add("seed %d".formatted(clip.seed()));
    var changes = clip.changes();
    if (changes != null) {
      said.add(
          String.format(
              Locale.ROOT,
              "flicker <b>%.2f</b> · motion <b>%.2f %%</b> a frame",
              changes.flicker(),
              100 * changes.motion()));
      if (changes.repeatedFrames() > 0) {
        said.add(
            String.format(Locale.ROOT, "<b>%.0f %%</b> repeated", 100 * changes.repeatedFrames()));
      }
    }
    if (clip.promptSimilarity() != null) {
      said.add("prompt <b>%s</b>".formatted(number(clip.promptSimilarity())));
    }
    if (clip.consistency() != null) {
      said.add("consistency <b>%s</b>".formatted(number(clip.consistency())));
    }
    if (clip.verdict() == Verdict.Review) {
      said.add("<b class=\"warning\">review</b>");
    }
    var video = clip.video();
    if (film.isPresent() && film.get().video().isEmpty() && video != null) {
      said.add("a small preview; the clip is " + escape(video.path()));
    }
    return said;
  }
}
