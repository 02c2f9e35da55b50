package dev.atelier.runtime.clip;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What was measured on a clip; absent where there was nothing to measure.
 *
 * @param width of the file as it is shown
 * @param seconds of the clip, or of a scene that is too short for one
 * @param brightness mean luma, 0 to 255
 * @param highlights luma that 95 % of the pixels stay below
 * @param sharpness mean variance of the Laplacian of frames 320 pixels long
 * @param motion mean motion in pixels of the file per frame of the clip
 * @param bars share of the height or width that black bars take
 * @param text share of the picture that letters cover
 * @param nudity highest score of the clip's frames, 0 to 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClipMeasurements(
    int width,
    int height,
    @Nullable Double seconds,
    @Nullable Double brightness,
    @Nullable Double highlights,
    @Nullable Double sharpness,
    @Nullable Double motion,
    @Nullable Double bars,
    @Nullable Double text,
    @Nullable Double nudity) {

  static final ClipMeasurements NONE = sized(0, 0, null);

  static ClipMeasurements sized(int width, int height, @Nullable Double seconds) {
    return new ClipMeasurements(
        width,
        height,
        seconds == null ? null : rounded(seconds, 1000),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  ClipMeasurements withNudity(double score) {
    return new ClipMeasurements(
        width,
        height,
        seconds,
        brightness,
        highlights,
        sharpness,
        motion,
        bars,
        text,
        rounded(score, 1000));
  }

  static double rounded(double value, double steps) {
    return Math.round(value * steps) / steps;
  }
}
