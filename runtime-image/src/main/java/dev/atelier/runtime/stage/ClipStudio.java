package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.ClipReading;
import dev.atelier.runtime.evaluate.ClipSetMetrics;
import dev.atelier.runtime.evaluate.RealClips;
import dev.atelier.runtime.gallery.ClipReport;
import dev.atelier.runtime.sample.ClipSource;
import dev.atelier.runtime.sample.PlannedPicture;
import java.util.List;
import java.util.Optional;

/**
 * Draws and measures the clips of one model after another, all of one size and length.
 *
 * @param request what is asked of every clip
 */
record ClipStudio(
    StageContext context, VideoModels models, ClipJudges judges, ClipRequest request) {

  /**
   * What came of one model.
   *
   * @param provenance of the clips
   */
  record Drawn(List<DrawnClip> clips, ClipReport.Delivery delivery, Provenance provenance) {

    /** What was read of the clips. */
    List<ClipReading> readings() {
      return clips.stream().flatMap(clip -> clip.reading().stream()).toList();
    }
  }

  /**
   * Draws what is not on the shelf yet.
   *
   * @param whose clips, for the progress line
   * @param tuned what to put on the base model, or empty for the base model itself
   * @param provenance to which size and sampler are added
   * @param shelf directory of the clips below the stage's own
   */
  Drawn draw(
      String whose,
      BaseModel base,
      Optional<TunedFiles> tuned,
      Provenance provenance,
      String shelf,
      List<PlannedPicture> planned) {
    try (var model = models.open(base, tuned, request)) {
      var told = told(provenance, model);
      var clips =
          new ClipDrawing(context, judges, request)
              .draw(whose, model, told.ofPictures(), shelf, planned);
      return new Drawn(clips, delivery(model.delivery()), told);
    }
  }

  /** Nothing, where nothing is asked for: no model is opened. */
  Drawn nothing(Provenance provenance) {
    return new Drawn(List.of(), delivery("nothing was drawn"), provenance);
  }

  /** Reads the metrics of clips. */
  ClipSetMetrics metrics(Drawn drawn, RealClips real) {
    return new ClipSetMetrics(drawn.readings(), real, judges.features().models());
  }

  private Provenance told(Provenance provenance, ClipSource model) {
    var clip = request.clip();
    return provenance
        .with(model.sampler())
        .with(
            "clip",
            "%d frames at %d per second, %s"
                .formatted(clip.frames(), clip.framesPerSecond(), model.delivery()));
  }

  private ClipReport.Delivery delivery(String size) {
    var clip = request.clip();
    return new ClipReport.Delivery(
        request.width(), request.height(), clip.frames(), clip.framesPerSecond(), size);
  }
}
