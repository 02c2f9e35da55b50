package dev.atelier.runtime.gallery;

import static dev.atelier.runtime.gallery.Html.escape;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why this checkpoint: the scores of every round, drawn and as a table. */
final class CurveSection {

  private CurveSection() {}

  static String html(@Nullable Curve curve) {
    if (curve == null || curve.rounds().isEmpty()) {
      return "";
    }
    var words = curve.definitions();
    return """
        <section aria-labelledby="curve">
        <h2 id="curve">Why step %d</h2>
        <p class="lede">%s</p>
        <div class="curves">
        %s%s%s</div>
        <details><summary>All rounds</summary>
        <table>
        <thead><tr><th>step</th><th>identity</th><th>prompt alignment</th><th>memorisation</th><th></th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        </details>
        </section>
        """
        .formatted(
            curve.selectedStep(),
            escape(story(curve)),
            panel(
                new CurvePlot(curve, "Identity", Curve.Round::identity),
                "higher",
                words.identity()),
            panel(
                new CurvePlot(curve, "Prompt alignment", Curve.Round::promptAlignment),
                "higher",
                words.promptAlignment()),
            panel(
                new CurvePlot(curve, "Memorisation", Curve.Round::memorisation),
                "lower",
                words.memorisation()),
            curve.rounds().stream()
                .map(round -> row(round, curve.selectedStep()))
                .collect(Collectors.joining()));
  }

  private static String story(Curve curve) {
    var photos =
        curve.heldOutPhotos() == 0
            ? "the photos themselves, as there were too few to hold one back"
            : "%d photos that training did not see".formatted(curve.heldOutPhotos());
    var end =
        curve.steps() < curve.maxSteps()
            ? "Training ended at step %d of %d: in %d rounds nothing got better."
                .formatted(curve.steps(), curve.maxSteps(), curve.patience())
            : "All %d steps were taken.".formatted(curve.maxSteps());
    return "Every %d steps %d pictures were drawn and compared with %s. Filled dots are checkpoints that no other beats in all three scores; published is the one nearest to the best of each. %s"
        .formatted(curve.everySteps(), curve.pictures(), photos, end);
  }

  private static String panel(CurvePlot plot, String better, String definition) {
    return """
        <figure class="curve">
        <h3>%s</h3>
        <p class="direction">%s is better</p>
        %s<details><summary>How it is measured</summary><p>%s</p></details>
        </figure>
        """
        .formatted(escape(plot.title()), better, plot.svg(), escape(definition));
  }

  private static String row(Curve.Round round, int selected) {
    var note = round.step() == selected ? "published" : round.front() ? "on the front" : "";
    return String.format(
        Locale.ROOT,
        "<tr><td>%d</td><td>%.3f</td><td>%.3f</td><td>%.3f</td><td>%s</td></tr>\n",
        round.step(),
        round.identity(),
        round.promptAlignment(),
        round.memorisation(),
        note);
  }
}
