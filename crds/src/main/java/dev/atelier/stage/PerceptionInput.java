package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What judges: the models for photos and pictures, and the platform's rules for prompts. A model
 * without a location is the one of that name that ships with the runtime image; large ones have no
 * default and are absent.
 *
 * @param prompts absent where the list that ships judges prompts alone, as in stage files of older
 *     operators
 */
public record PerceptionInput(
    FaceDetector faceDetector,
    FaceEmbedding faceEmbedding,
    Nudity nudity,
    @Nullable StoreLocation clip,
    @Nullable StoreLocation dino,
    @Nullable StoreLocation inception,
    @Nullable StoreLocation video,
    @Nullable PromptRulesInput prompts) {

  /** The models alone, for a stage that is asked for no prompt. */
  public PerceptionInput withoutPromptRules() {
    return new PerceptionInput(
        faceDetector, faceEmbedding, nudity, clip, dino, inception, video, null);
  }

  /** The same with these models of features. */
  public PerceptionInput reading(
      @Nullable StoreLocation clip,
      @Nullable StoreLocation dino,
      @Nullable StoreLocation inception,
      @Nullable StoreLocation video) {
    return new PerceptionInput(
        faceDetector, faceEmbedding, nudity, clip, dino, inception, video, prompts);
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
