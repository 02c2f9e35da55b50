package dev.atelier.runtime.photo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A photo's line in {@code photos.json}.
 *
 * @param name file name as it was uploaded
 * @param file stem of the files that intake published for it
 * @param advice what is wrong and what to do; empty for a photo that is fine
 * @param used whether the model learns from it; an accepted photo is left out where there are more
 *     than {@code spec.photos.max}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"name", "file", "verdict", "advice", "used"})
public record PhotoVerdict(
    String name, String file, Verdict verdict, String advice, boolean used, Measured measured) {

  /**
   * The numbers behind a verdict, rounded; absent where there was nothing to measure.
   *
   * @param width of the upright photo in pixels
   * @param whiteShare share of the face at 250 or brighter of 255
   * @param cover what can be seen of eyes and mouth
   * @param distance embedding distance to the person of the set
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Measured(
      int width,
      int height,
      int faces,
      @Nullable Double facePixels,
      @Nullable Double sharpness,
      @Nullable Double brightness,
      @Nullable Double whiteShare,
      @Nullable Double yawDegrees,
      @Nullable Double rollDegrees,
      @Nullable FaceCover cover,
      @Nullable Double nudity,
      @Nullable Double distance) {

    static Measured of(Measurements seen) {
      var face = seen.face().orElse(null);
      return new Measured(
          seen.width(),
          seen.height(),
          seen.faces(),
          face == null ? null : rounded(face.pixels(), 10),
          face == null ? null : rounded(face.sharpness(), 10),
          face == null ? null : rounded(face.meanLuma(), 10),
          face == null ? null : rounded(face.clippedShare(), 1000),
          face == null ? null : rounded(face.yawDegrees(), 10),
          face == null ? null : rounded(face.rollDegrees(), 10),
          face == null ? null : rounded(face.cover()),
          seen.nudity().isEmpty() ? null : rounded(seen.nudity().getAsDouble(), 1000),
          seen.distance().isEmpty() ? null : rounded(seen.distance().getAsDouble(), 1000));
    }

    private static FaceCover rounded(FaceCover cover) {
      return new FaceCover(
          rounded(cover.leftEye(), 100),
          rounded(cover.rightEye(), 100),
          rounded(cover.eyeStructure(), 100),
          rounded(cover.mouthStructure(), 100));
    }

    private static Double rounded(double value, double steps) {
      return Math.round(value * steps) / steps;
    }
  }

  /** The line of a judged photo. */
  public static PhotoVerdict of(JudgedPhoto photo, String file, boolean used) {
    return new PhotoVerdict(
        photo.name(),
        file,
        photo.verdict(),
        photo.advice(),
        used,
        Measured.of(photo.measurements()));
  }
}
