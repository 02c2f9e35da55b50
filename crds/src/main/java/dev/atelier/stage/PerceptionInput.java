package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models that judge photos and pictures. A model without a location is the one of that name
 * that ships with the runtime image; large ones have no default and are absent.
 */
public record PerceptionInput(
    FaceDetector faceDetector,
    FaceEmbedding faceEmbedding,
    Nudity nudity,
    @Nullable StoreLocation clip,
    @Nullable StoreLocation dino,
    @Nullable StoreLocation inception,
    @Nullable StoreLocation video) {

  /** The same with these models of features. */
  public PerceptionInput reading(
      @Nullable StoreLocation clip,
      @Nullable StoreLocation dino,
      @Nullable StoreLocation inception,
      @Nullable StoreLocation video) {
    return new PerceptionInput(faceDetector, faceEmbedding, nudity, clip, dino, inception, video);
  }

  /**
   * @param thresholds of the three networks of MTCNN, each in [0, 1]
   */
  public record FaceDetector(
      String model, @Nullable StoreLocation location, List<Double> thresholds) {}

  /**
   * @param samePersonMaxDistance Euclidean distance of two embeddings up to which they show one
   *     person
   */
  public record FaceEmbedding(
      String model, @Nullable StoreLocation location, double samePersonMaxDistance) {}

  /**
   * @param block score from which a picture is refused
   * @param review score from which a picture is marked
   */
  public record Nudity(
      String model, @Nullable StoreLocation location, double block, double review) {}
}
