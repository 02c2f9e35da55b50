package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.store.Manifest;
import java.util.Optional;

/**
 * A picture that is done with.
 *
 * @param file where it is stored, absent unless its verdict says that it was produced
 * @param picture as it is stored, 8 bits a channel
 */
public record FinishedPicture(
    PlannedPicture planned,
    Verdict verdict,
    Optional<Manifest.StoredFile> file,
    Optional<RgbImage> picture) {

  static FinishedPicture without(PlannedPicture planned, Verdict verdict) {
    return new FinishedPicture(planned, verdict, Optional.empty(), Optional.empty());
  }
}
