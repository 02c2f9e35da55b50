package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.store.Manifest;
import java.util.Optional;

/**
 * A picture that is done with.
 *
 * @param judged what the output check said; absent where the model gave no numbers
 * @param file where it is stored, absent unless its verdict says that it was produced
 * @param picture as it is stored, 8 bits a channel
 */
public record FinishedPicture(
    PlannedPicture planned,
    Verdict verdict,
    Optional<PictureVerdict> judged,
    Optional<Manifest.StoredFile> file,
    Optional<RgbImage> picture) {

  static FinishedPicture failed(PlannedPicture planned) {
    return without(planned, Verdict.Failed, Optional.empty());
  }

  static FinishedPicture without(
      PlannedPicture planned, Verdict verdict, Optional<PictureVerdict> judged) {
    return new FinishedPicture(planned, verdict, judged, Optional.empty(), Optional.empty());
  }
}
