package dev.atelier.stage;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Judge the photos, crop the usable ones, write captions.
 *
 * @param photos where the photos lie
 * @param min fewest usable photos
 * @param max most photos taken; the best are kept
 * @param resolution edge of the square crops in pixels
 * @param aspectBuckets whether crops have several shapes of that area
 */
public record IntakeInput(
    StoreLocation photos,
    int min,
    int max,
    Quality quality,
    int resolution,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean aspectBuckets,
    Subject subject,
    PerceptionInput perception)
    implements StageInput {

  /**
   * What a usable photo has at least.
   *
   * @param minFacePixels width of the face
   * @param minSharpness variance of the Laplacian on the face at 112 pixels
   * @param maxYawDegrees how far the head may be turned
   */
  public record Quality(int minFacePixels, double minSharpness, int maxYawDegrees) {}

  @Override
  public Stage stage() {
    return Stage.INTAKE;
  }
}
