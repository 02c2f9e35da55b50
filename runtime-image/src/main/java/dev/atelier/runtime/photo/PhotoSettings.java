package dev.atelier.runtime.photo;

/**
 * What a photo must reach; the fields of {@code spec.photos.quality} and {@code spec.perception}.
 *
 * @param minFacePixels least width of the face in the photo as it was taken
 * @param minSharpness least variance of the Laplacian on the face at 112 x 112: sharp portraits 250
 *     and more, party photos 30 to 180, out of focus below 20
 * @param maxYawDegrees how far the head may be turned to a side
 * @param maxRollDegrees how far the head may lean
 * @param samePersonMaxDistance embedding distance to the set up to which a face is the same person
 * @param nudityBlock nudity score (0..1) from which a photo is refused
 */
public record PhotoSettings(
    int minFacePixels,
    double minSharpness,
    double maxYawDegrees,
    double maxRollDegrees,
    double samePersonMaxDistance,
    double nudityBlock) {

  /** What people lean their heads in portraits, and more; beyond it the camera was held askew. */
  private static final double LEANING = 30;

  /** With the lean that every set of photos may have. */
  public PhotoSettings(
      int minFacePixels,
      double minSharpness,
      double maxYawDegrees,
      double samePersonMaxDistance,
      double nudityBlock) {
    this(minFacePixels, minSharpness, maxYawDegrees, LEANING, samePersonMaxDistance, nudityBlock);
  }

  /** For pictures that a model drew: their size, sharpness and poses are the model's own. */
  public static PhotoSettings ofDrawn(double nudityBlock) {
    return new PhotoSettings(0, 0, 90, 180, 1, nudityBlock);
  }

  public static PhotoSettings defaults() {
    return new PhotoSettings(128, 60, 35, 0.6, 0.8);
  }
}
