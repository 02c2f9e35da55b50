package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.PictureReading;
import dev.atelier.runtime.gallery.Preview;
import dev.atelier.runtime.gallery.Report;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.sample.FinishedPicture;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.runtime.store.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A picture after drawing, without its pixels: what was measured and what pages show.
 *
 * @param reading absent where there is no picture or nothing was asked for
 */
record DrawnPicture(
    PlannedPicture planned,
    Verdict verdict,
    Optional<PictureVerdict> judged,
    Optional<Manifest.StoredFile> file,
    Optional<PictureReading> reading,
    Optional<Preview> preview) {

  static DrawnPicture of(FinishedPicture finished, Optional<PictureReading> reading) {
    return new DrawnPicture(
        finished.planned(),
        finished.verdict(),
        finished.judged(),
        finished.file(),
        reading,
        finished.picture().map(Preview::of));
  }

  /**
   * The picture's entry in the report.
   *
   * @param photos stems of the photos, in the order that readings count them; empty where they must
   *     not be named
   */
  Report.Picture reported(List<String> photos) {
    var nearest =
        reading.flatMap(PictureReading::nearest).filter(near -> near.photo() < photos.size());
    return new Report.Picture(
        planned.name(),
        planned.prompt(),
        planned.number(),
        planned.text(),
        planned.seed(),
        verdict,
        judged.map(Report.Safety::of).orElse(null),
        file.map(Manifest.StoredFile::path).orElse(null),
        file.map(Manifest.StoredFile::sha256).orElse(null),
        reading.map(PictureReading::face).orElse(null),
        value(reading.map(PictureReading::identity).orElse(OptionalDouble.empty())),
        value(reading.map(PictureReading::similarity).orElse(OptionalDouble.empty())),
        nearest.map(near -> photos.get(near.photo())).orElse(null),
        nearest.map(PictureReading.Nearest::similarity).orElse(null));
  }

  private static @Nullable Double value(OptionalDouble value) {
    return value.isEmpty() ? null : value.getAsDouble();
  }
}
