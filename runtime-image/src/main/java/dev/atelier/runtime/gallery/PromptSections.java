package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;
import static dev.atelier.runtime.gallery.Html.number;

import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.stage.PromptInput.Prompt;
import java.util.Map;
import java.util.stream.Collectors;

/** Each prompt with its pictures, each of them beside the photo that it resembles most. */
final class PromptSections {

  private final Gallery gallery;

  private PromptSections(Gallery gallery) {
    this.gallery = gallery;
  }

  static String html(Gallery gallery) {
    var sections = new PromptSections(gallery);
    return """
        <section aria-labelledby="pictures">
        <h2 id="pictures">Pictures</h2>
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
    var pictures =
        report.of(report.pictures(), file).stream()
            .map(picture -> figure(picture, gallery.pictures()))
            .collect(Collectors.joining());
    return PromptArticle.html(prompt, report.drawn(prompt), "pictures", pictures, baseline(file));
  }

  private String baseline(String prompt) {
    var baseline = gallery.report().baseline();
    if (baseline == null) {
      return "";
    }
    var pictures =
        gallery.report().of(baseline.pictures(), prompt).stream()
            .map(picture -> figure(picture, gallery.baseline()))
            .collect(Collectors.joining());
    if (pictures.isEmpty()) {
      return "";
    }
    return """
        <div class="baseline"><p>Base model, asked for a %s with the same seeds</p>
        <ul class="pictures">
        %s</ul></div>
        """
        .formatted(escape(baseline.subject()), pictures);
  }

  private String figure(Report.Picture picture, Map<String, Preview> previews) {
    var preview = previews.get(picture.name());
    var alt = "%s, seed %d".formatted(picture.text(), picture.seed());
    return """
        <li><figure>%s
        <figcaption>%s%s</figcaption></figure></li>
        """
        .formatted(
            preview == null
                ? PromptArticle.absent(picture.verdict(), picture.safety(), "picture")
                : Html.shot(preview, alt),
            caption(picture),
            nearest(picture));
  }

  private static String caption(Report.Picture picture) {
    var identity = picture.identity();
    var found = picture.face() == null || picture.face() ? "" : ", no face found";
    return "<span>seed %d%s%s%s</span>"
        .formatted(
            picture.seed(),
            identity == null ? "" : " · identity <b>%s</b>".formatted(number(identity)),
            found,
            picture.verdict() == Verdict.Review ? " · <b class=\"warning\">review</b>" : "");
  }

  private String nearest(Report.Picture picture) {
    var name = picture.nearestPhoto();
    var alike = picture.nearestSimilarity();
    if (name == null || alike == null) {
      return "";
    }
    var photo = gallery.photos().get(name);
    return "<span class=\"nearest\">%s<span>closest photo<br/>%s, %s alike</span></span>"
        .formatted(
            photo == null ? "" : Html.image(photo, "training photo " + name),
            escape(name),
            number(alike));
  }
}
