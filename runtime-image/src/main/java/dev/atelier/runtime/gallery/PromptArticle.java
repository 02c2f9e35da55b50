package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import dev.atelier.runtime.sample.Verdict;
import dev.atelier.stage.PromptInput.Prompt;
import org.jspecify.annotations.Nullable;

/** One prompt of a page: its name, its words, what was made of it. */
final class PromptArticle {

  private PromptArticle() {}

  /**
   * @param drawn the words as the model was given them
   * @param list class of the list of what was made
   * @param items its items, as HTML
   * @param after what stands below the list, as HTML
   */
  static String html(Prompt prompt, String drawn, String list, String items, String after) {
    return """
        <article class="prompt">
        <h3>%s</h3>
        <p class="text">%s%s</p>
        <ul class="%s">
        %s</ul>
        %s</article>
        """
        .formatted(
            escape(prompt.name()),
            escape(drawn),
            prompt.negative().isEmpty()
                ? ""
                : " <span>not: %s</span>".formatted(escape(prompt.negative())),
            list,
            items,
            after);
  }

  /**
   * In the place of a work that is not there.
   *
   * @param what the kind of work, as "picture"
   */
  static String absent(Verdict verdict, Report.@Nullable Safety safety, String what) {
    return "<p class=\"absent\">%s</p>"
        .formatted(
            verdict == Verdict.Blocked
                ? "blocked by the output check, not written" + reason(safety)
                : "the model gave no " + what);
  }

  private static String reason(Report.@Nullable Safety safety) {
    var reason = safety == null ? null : safety.reason();
    return reason == null ? "" : "<br/>" + escape(reason);
  }
}
