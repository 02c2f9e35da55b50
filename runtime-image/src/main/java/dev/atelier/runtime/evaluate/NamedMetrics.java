package dev.atelier.runtime.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Metrics of pictures by their names in the API. */
public final class NamedMetrics {

  /** Share of the pictures in which a face is found. */
  public static final String FACE_DETECTION_RATE = "FaceDetectionRate";

  /** What needs no model but those that ship, the most telling first. */
  public static final List<String> SHIPPED =
      List.of(
          "IdentitySimilarity",
          "ImageSimilarity",
          FACE_DETECTION_RATE,
          "Diversity",
          "Memorisation");

  private NamedMetrics() {}

  /**
   * The reading of a metric; one that cannot be measured says why.
   *
   * @param large reads the metrics that need a feature model; empty for a name it does not know
   */
  public static Reading read(
      String name, PictureMetrics metrics, Function<String, Optional<Reading>> large) {
    return switch (name) {
      case "IdentitySimilarity" -> metrics.identitySimilarity(name);
      case "ImageSimilarity" -> metrics.imageSimilarity(name);
      case FACE_DETECTION_RATE -> metrics.faceDetection(name);
      case "Diversity" -> metrics.diversity(name);
      case "Memorisation" -> metrics.memorisation(name);
      default ->
          large
              .apply(name)
              .orElseGet(
                  () ->
                      new Reading.NotMeasured(
                          name, "this release does not know the metric; is the image too old?"));
    };
  }

  /** The same of the photos among each other, for metrics that have such a ceiling. */
  public static Optional<Reading> amongPhotos(String name, PictureMetrics metrics) {
    return switch (name) {
      case "IdentitySimilarity" -> Optional.of(metrics.identityAmongPhotos(name));
      case "ImageSimilarity" -> Optional.of(metrics.similarityAmongPhotos(name));
      default -> Optional.empty();
    };
  }
}
