package dev.atelier.runtime.clip;

import java.util.Locale;

/**
 * What clips are cut to and what a usable one has; the fields of {@code spec.dataset}.
 *
 * @param frames of a clip, 4k + 1
 * @param width of a clip in landscape; others get a size of the same area, see {@link Buckets}
 * @param minSharpness least mean variance of the Laplacian at 320 pixels
 * @param minMotion least mean motion in pixels of the file per frame
 * @param nudityBlock nudity score (0..1) from which a clip is refused
 */
public record ClipSettings(
    int frames,
    int framesPerSecond,
    int width,
    int height,
    double minSharpness,
    double minMotion,
    boolean dropDuplicates,
    boolean dropText,
    boolean safety,
    double nudityBlock) {

  /** Refuses lengths that no video autoencoder compresses. */
  public ClipSettings {
    if (frames % 4 != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a clip has 4k + 1 frames, such as %d; %d were asked for",
              frames / 4 * 4 + 1,
              frames));
    }
  }

  /** The defaults of the API: 121 frames of 1280x720 at 24 per second. */
  public static ClipSettings defaults() {
    return new ClipSettings(121, 24, 1280, 720, 60, 0.5, true, true, true, 0.8);
  }

  /** The same for clips of another length and size. */
  public ClipSettings sized(int newFrames, int newWidth, int newHeight) {
    return new ClipSettings(
        newFrames,
        framesPerSecond,
        newWidth,
        newHeight,
        minSharpness,
        minMotion,
        dropDuplicates,
        dropText,
        safety,
        nudityBlock);
  }

  /** From the first to the last frame. */
  public double seconds() {
    return (frames - 1.0) / framesPerSecond;
  }

  /** Frames of clips of so many seconds: 4k + 1, rounded up to hold the last moment as well. */
  public static int frames(int seconds, int framesPerSecond) {
    return seconds * framesPerSecond / 4 * 4 + 1;
  }
}
