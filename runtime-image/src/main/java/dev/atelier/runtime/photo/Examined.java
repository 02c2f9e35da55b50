package dev.atelier.runtime.photo;

import java.util.Optional;

/** A photo judged by itself, with what the comparison with the others needs. */
record Examined(JudgedPhoto photo, Optional<PerceptualHash> hash) {

  double sharpness() {
    return photo.measurements().face().map(FaceMeasurements::sharpness).orElse(0.0);
  }

  Examined with(JudgedPhoto other) {
    return new Examined(other, hash);
  }
}
