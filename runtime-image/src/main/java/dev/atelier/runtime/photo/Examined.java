package dev.atelier.runtime.photo;

import java.util.Optional;

/** A photo judged by itself, with what the comparison with the others needs. */
record Examined(JudgedPhoto photo, Optional<PerceptualHash> hash) {

  /**
   * Sharpness is measured at one size, so a small copy is as sharp as its original: size counts.
   */
  double detail() {
    return photo.measurements().face().map(face -> face.sharpness() * face.pixels()).orElse(0.0);
  }

  Examined with(JudgedPhoto other) {
    return new Examined(other, hash);
  }
}
