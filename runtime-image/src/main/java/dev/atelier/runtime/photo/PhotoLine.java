package dev.atelier.runtime.photo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A photo in the JSON of {@code ./atelier photos --output json}.
 *
 * @param advice what to do; empty for an accepted photo
 */
@JsonPropertyOrder({"name", "verdict", "measurements", "advice"})
record PhotoLine(String name, Verdict verdict, Numbers measurements, String advice) {

  /**
   * Numbers with as many digits as they are good for; absent where there was nothing to measure.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({
    "width",
    "height",
    "faces",
    "facePixels",
    "sharpness",
    "brightness",
    "yawDegrees",
    "rollDegrees",
    "mouthStructure",
    "eyeBrightness",
    "nudity",
    "distance"
  })
  record Numbers(
      int width,
      int height,
      int faces,
      @Nullable Double facePixels,
      @Nullable Double sharpness,
      @Nullable Double brightness,
      @Nullable Double yawDegrees,
      @Nullable Double rollDegrees,
      @Nullable Double mouthStructure,
      @Nullable Double eyeBrightness,
      @Nullable Double nudity,
      @Nullable Double distance) {

    static Numbers of(Measurements seen) {
      var face = seen.face().orElse(null);
      return new Numbers(
          seen.width(),
          seen.height(),
          seen.faces(),
          face == null ? null : rounded(face.pixels(), 1),
          face == null ? null : rounded(face.sharpness(), 1),
          face == null ? null : rounded(face.meanLuma(), 1),
          face == null ? null : rounded(face.yawDegrees(), 10),
          face == null ? null : rounded(face.rollDegrees(), 10),
          face == null ? null : rounded(face.cover().mouthStructure(), 100),
          face == null
              ? null
              : rounded(Math.max(face.cover().leftEye(), face.cover().rightEye()), 100),
          rounded(seen.nudity()),
          rounded(seen.distance()));
    }

    private static @Nullable Double rounded(OptionalDouble value) {
      return value.isEmpty() ? null : rounded(value.getAsDouble(), 1000);
    }

    private static Double rounded(double value, double steps) {
      return Math.round(value * steps) / steps;
    }
  }

  static PhotoLine of(JudgedPhoto photo) {
    return new PhotoLine(
        photo.name(), photo.verdict(), Numbers.of(photo.measurements()), photo.advice());
  }
}
