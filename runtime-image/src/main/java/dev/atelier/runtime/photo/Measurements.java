package dev.atelier.runtime.photo;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured on a photo. What could not be measured (no face, unreadable file) is absent,
 * never zero.
 *
 * @param width of the upright photo, 0 if the file could not be read
 * @param height of the upright photo, 0 if the file could not be read
 * @param faces number of faces that count
 * @param nudity score 0..1
 * @param distance embedding distance to the person of the set
 */
public record Measurements(
    int width,
    int height,
    int faces,
    Optional<FaceMeasurements> face,
    OptionalDouble nudity,
    OptionalDouble distance) {

  static Measurements none() {
    return new Measurements(
        0, 0, 0, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  Measurements withDistance(double toTheSet) {
    return new Measurements(width, height, faces, face, nudity, OptionalDouble.of(toTheSet));
  }
}
