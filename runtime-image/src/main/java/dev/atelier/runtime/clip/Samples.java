package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Luma;
import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Frames of one clip at even steps, at most 320 pixels long, and what can be measured on them.
 *
 * @param frames at least one
 * @param interval seconds between two
 */
record Samples(List<RgbImage> frames, double interval) {

  /** Longer edge of the frames that measurements are made on. */
  static final int EDGE = 320;

  Samples {
    frames = List.copyOf(frames);
  }

  /**
   * Measures.
   *
   * @param width of the file
   * @param seconds of the clip, 0 for a picture
   * @param framesPerSecond of the finished clip
   */
  ClipMeasurements measure(int width, int height, double seconds, int framesPerSecond) {
    var luma = frames.stream().map(Luma::of).toList();
    return new ClipMeasurements(
        width,
        height,
        ClipMeasurements.rounded(seconds, 1000),
        mean(luma, Luma::mean, 10),
        mean(luma, one -> one.quantile(0.95), 10),
        mean(luma, Luma::laplacianVariance, 10),
        frames.size() < 2 ? null : motion(width, framesPerSecond),
        ClipMeasurements.rounded(BlackBars.share(luma), 1000),
        ClipMeasurements.rounded(BurntInText.share(luma), 1000),
        null);
  }

  /** Of the first, the middle and the last frame. */
  List<String> fingerprints() {
    return List.of(0, frames.size() / 2, frames.size() - 1).stream()
        .map(at -> Fingerprint.of(frames.get(at)).text())
        .toList();
  }

  /** The picture that stands for the clip. */
  RgbImage poster() {
    return frames.get(frames.size() / 2);
  }

  private double motion(int width, int framesPerSecond) {
    double sum = 0;
    for (int i = 1; i < frames.size(); i++) {
      sum += Motion.between(frames.get(i - 1), frames.get(i));
    }
    double widths = sum / (frames.size() - 1);
    return ClipMeasurements.rounded(widths * width / (interval * framesPerSecond), 100);
  }

  private static double mean(List<Luma> luma, ToDoubleFunction<Luma> value, double steps) {
    return ClipMeasurements.rounded(luma.stream().mapToDouble(value).average().orElse(0), steps);
  }
}
