package dev.atelier.runtime.stage;

import dev.atelier.runtime.gallery.Curve;
import java.util.Optional;

/**
 * What a tuning came to; its networks hold it.
 *
 * @param loss mean of the last losses
 * @param steps that were taken
 * @param curve where checkpoints were judged
 * @param classPictures that were learned beside the photos
 * @param advice about the token, where the base model knows it as a word
 */
record TuningResult(
    double loss,
    int steps,
    Optional<Curve> curve,
    ClassPictureCount classPictures,
    Optional<String> advice) {

  /** The step whose weights the networks hold. */
  int publishedStep() {
    return curve.map(Curve::selectedStep).orElse(steps);
  }
}
