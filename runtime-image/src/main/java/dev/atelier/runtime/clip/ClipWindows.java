package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Divides a video into scenes and scenes into clips of one length, frame after frame; keeps no more
 * than the samples of one clip. What is left of a scene after its last clip is not used.
 */
final class ClipWindows {

  /** Between two samples; for very short clips a quarter of their length. */
  private static final double INTERVAL = 0.25;

  /** Timestamps are rounded. */
  private static final double ROUNDING = 2e-3;

  private final double length;
  private final double interval;
  private final SceneCuts cuts = new SceneCuts();
  private final List<Window> found = new ArrayList<>();
  private final List<RgbImage> samples = new ArrayList<>();
  private double scene;
  private double start;
  private double last;
  private double step;
  private OptionalDouble damage = OptionalDouble.empty();

  /**
   * A window of time.
   *
   * @param whole whether it is as long as a clip; else it is a scene that is too short
   * @param damage where its first damaged frame is, in seconds of the file
   */
  record Window(
      double start, double seconds, boolean whole, OptionalDouble damage, Samples samples) {}

  /**
   * @param length of a clip from its first to its last frame, in seconds
   */
  ClipWindows(double length) {
    this.length = length;
    this.interval = Math.min(INTERVAL, Math.max(length / 4, 1e-3));
  }

  /** Takes the next frame; returns clips that it completed. */
  List<Window> add(VideoFrame frame) {
    found.clear();
    if (cuts.cutsAt(frame.seconds(), frame.picture())) {
      endScene(frame.seconds());
    }
    double sinceStart = frame.seconds() - start;
    if (sinceStart + ROUNDING >= samples.size() * interval) {
      samples.add(frame.picture());
    }
    note(frame);
    step = Math.max(frame.seconds() - last, 0);
    last = frame.seconds();
    if (sinceStart + ROUNDING >= length) {
      emit(length, true);
      begin(frame.seconds());
      samples.add(frame.picture());
      note(frame);
    }
    return List.copyOf(found);
  }

  /**
   * The end of the file; returns what was left.
   *
   * @param cutOff whether there should have been more
   */
  List<Window> end(boolean cutOff) {
    found.clear();
    if (cutOff && damage.isEmpty()) {
      damage = OptionalDouble.of(last);
    }
    endScene(last + step);
    return List.copyOf(found);
  }

  private void endScene(double at) {
    if (start == scene && !samples.isEmpty()) {
      emit(at - start, false);
    }
    scene = at;
    begin(at);
  }

  private void begin(double at) {
    start = at;
    samples.clear();
    damage = OptionalDouble.empty();
  }

  private void note(VideoFrame frame) {
    if (frame.damaged() && damage.isEmpty()) {
      damage = OptionalDouble.of(frame.seconds());
    }
  }

  private void emit(double seconds, boolean whole) {
    found.add(new Window(start, seconds, whole, damage, new Samples(samples, interval)));
  }
}
