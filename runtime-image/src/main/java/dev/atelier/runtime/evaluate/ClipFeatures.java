package dev.atelier.runtime.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * One row per clip from the features of its frames, for distances between sets of clips: the mean
 * over the frames says what is seen, the mean change from frame to frame how it moves. Frames in
 * another order give other rows.
 *
 * <p>A network that reads whole clips, such as I3D, gives its rows itself.
 */
public final class ClipFeatures {
  private ClipFeatures() {}

  /**
   * The rows.
   *
   * @param clips features of the frames of each clip, of one model; two frames or more
   */
  public static Features of(List<Features> clips) {
    var rows = new ArrayList<float[]>();
    for (Features clip : clips) {
      clip.requireSameSpace(clips.get(0));
      rows.add(row(clip));
    }
    return Features.of(clips.get(0).model() + ", mean and change over the frames", rows);
  }

  private static float[] row(Features frames) {
    int count = frames.count();
    if (count < 2) {
      throw new IllegalArgumentException("a clip has two frames or more; this one has " + count);
    }
    int width = frames.width();
    var row = new float[3 * width];
    for (int column = 0; column < width; column++) {
      double mean = 0;
      double change = 0;
      for (int frame = 0; frame < count; frame++) {
        mean += frames.at(frame, column);
        change +=
            frame == 0 ? 0 : Math.abs(frames.at(frame, column) - frames.at(frame - 1, column));
      }
      row[column] = (float) (mean / count);
      row[width + column] = (float) (change / (count - 1));
      row[2 * width + column] = frames.at(count - 1, column) - frames.at(0, column);
    }
    return row;
  }
}
