package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.clip.Motion;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Luma;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What can be measured on a clip's pixels alone.
 *
 * @param flicker how far brightness is from the mean of the frame before and after, over areas of 8
 *     x 8 pixels, in grey levels: steady motion and slow changes count little
 * @param motion mean displacement from frame to frame of what has structure, in widths of the frame
 * @param duplicates share of the frames that repeat the one before
 */
public record FrameChanges(double flicker, double motion, double duplicates) {
  private static final int AREA = 8;

  /** Mean difference in grey levels up to which a frame repeats another: codecs round. */
  private static final double REPEATED = 0.25;

  private static final int COMPARED_EDGE = 320;

  /** Measures a clip of three frames or more, all of one size. */
  public static FrameChanges of(List<RgbImage> frames) {
    if (frames.size() < 3) {
      throw new IllegalArgumentException(
          "changes need three frames or more; there are " + frames.size());
    }
    return new FrameChanges(flicker(frames), motion(frames), duplicates(frames));
  }

  private static double flicker(List<RgbImage> frames) {
    List<float[]> areas = frames.stream().map(FrameChanges::areas).toList();
    double sum = 0;
    for (int t = 1; t < areas.size() - 1; t++) {
      float[] before = areas.get(t - 1);
      float[] now = areas.get(t);
      float[] after = areas.get(t + 1);
      double frame = 0;
      for (int i = 0; i < now.length; i++) {
        frame += Math.abs(now[i] - (before[i] + after[i]) / 2);
      }
      sum += frame / now.length;
    }
    return sum / (areas.size() - 2);
  }

  private static float[] areas(RgbImage frame) {
    int width = Math.max(1, frame.width() / AREA);
    int height = Math.max(1, frame.height() / AREA);
    return grey(Resize.to(frame, width, height, Filter.BOX));
  }

  private static double motion(List<RgbImage> frames) {
    return IntStream.range(1, frames.size())
        .mapToDouble(t -> Motion.between(frames.get(t - 1), frames.get(t)))
        .average()
        .orElse(0);
  }

  private static double duplicates(List<RgbImage> frames) {
    List<float[]> small =
        frames.stream()
            .map(frame -> grey(Resize.atMost(frame, COMPARED_EDGE, Filter.BOX)))
            .toList();
    long repeated =
        IntStream.range(1, small.size())
            .filter(t -> difference(small.get(t - 1), small.get(t)) < REPEATED)
            .count();
    return (double) repeated / (frames.size() - 1);
  }

  private static double difference(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - other[i]);
    }
    return sum / one.length;
  }

  private static float[] grey(RgbImage picture) {
    var luma = Luma.of(picture);
    var grey = new float[picture.width() * picture.height()];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = luma.at(i % picture.width(), i / picture.width());
    }
    return grey;
  }
}
