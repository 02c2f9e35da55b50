package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.ClipReading;
import dev.atelier.runtime.gallery.ClipReport;
import dev.atelier.runtime.gallery.Report;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.sample.FinishedClip;
import java.util.Optional;

/**
 * A clip after drawing, and what was read of it.
 *
 * @param reading absent where there is no clip or nothing was asked for
 */
record DrawnClip(FinishedClip finished, Optional<ClipReading> reading) {

  /** The clip's entry in the report. */
  ClipReport.Clip reported() {
    var planned = finished.planned();
    var judged = finished.judged();
    return new ClipReport.Clip(
        planned.name(),
        planned.prompt(),
        planned.number(),
        planned.text(),
        planned.seed(),
        finished.verdict(),
        judged.map(PictureVerdict::score).orElse(null),
        judged.map(Report.Safety::of).orElse(null),
        finished.video().map(ClipReport.File::of).orElse(null),
        finished.preview().map(ClipReport.File::of).orElse(null),
        finished.poster().map(ClipReport.File::of).orElse(null),
        reading.flatMap(ClipReading::changes).map(ClipReport.Changes::of).orElse(null),
        reading.flatMap(ClipReading::promptSimilarity).orElse(null),
        reading.flatMap(ClipReading::consistency).orElse(null));
  }
}
