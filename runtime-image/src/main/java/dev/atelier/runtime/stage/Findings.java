package dev.atelier.runtime.stage;

import dev.atelier.runtime.gallery.Curve;
import dev.atelier.runtime.gallery.Gallery;
import dev.atelier.runtime.gallery.Report;
import dev.atelier.stage.PromptInput.Prompt;
import java.util.List;
import java.util.Optional;

/**
 * What a stage that draws found out.
 *
 * @param baseline pictures of the base model, empty where none were drawn
 * @param curve how the checkpoints of the model's training were judged
 * @param baselineSubject what the base model was asked for
 */
record Findings(
    List<Prompt> prompts,
    List<DrawnPicture> pictures,
    List<DrawnPicture> baseline,
    String baselineSubject,
    TrainingPhotos photos,
    Measured measured,
    Optional<Curve> curve,
    Provenance provenance) {

  /**
   * The findings as people look at them.
   *
   * @param title kind of result, for people
   */
  Gallery gallery(StageContext context, String title) {
    return new Gallery(
        report(context, title),
        Pages.previews(pictures),
        Pages.previews(baseline),
        photos.previews());
  }

  private Report report(StageContext context, String title) {
    var file = context.file();
    return new Report(
        Report.SCHEMA,
        title,
        file.resource().kind(),
        file.resource().namespace(),
        file.resource().name(),
        file.run().id(),
        file.stage().stage().title(),
        context.clock().instant(),
        measured.gate(),
        measured.rows(),
        Pages.counts(pictures),
        prompts,
        reported(pictures),
        baseline.isEmpty() ? null : new Report.Baseline(baselineSubject, reported(baseline)),
        curve.orElse(null),
        photos.verdicts(),
        photos.variety().orElse(null),
        PromptAdvice.of(prompts, context.folder().advised()),
        provenance.entries());
  }

  private List<Report.Picture> reported(List<DrawnPicture> drawn) {
    return drawn.stream().map(picture -> picture.reported(photos.names())).toList();
  }
}
