package dev.atelier.runtime.stage;

import dev.atelier.stage.VideoTrainingInput;
import dev.atelier.stage.VideoTrainingInput.Phase;
import java.util.List;

/**
 * The phases of a training and the steps that belong to them, counted through.
 *
 * @param phases in their order
 */
record VideoPhases(List<Phase> phases) {

  VideoPhases {
    phases = List.copyOf(phases);
  }

  static VideoPhases of(VideoTrainingInput training) {
    return new VideoPhases(training.phases());
  }

  /** Steps of all phases. */
  int steps() {
    return end(phases.size() - 1);
  }

  /** The phase in which the last of so many steps, at least one, was taken. */
  int of(int done) {
    int place = 0;
    while (done > end(place)) {
      place++;
    }
    return place;
  }

  /** Steps done when a phase begins. */
  int begin(int place) {
    return end(place - 1);
  }

  /** Steps done when a phase ends. */
  int end(int place) {
    return phases.subList(0, place + 1).stream().mapToInt(Phase::steps).sum();
  }

  boolean isLast(int place) {
    return place == phases.size() - 1;
  }

  /** What is left after so many steps, in steps like the current phase's. */
  double left(int done) {
    int now = of(Math.min(steps(), done + 1));
    double left = end(now) - done;
    for (int later = now + 1; later < phases.size(); later++) {
      left += phases.get(later).steps() * work(later) / work(now);
    }
    return Math.max(0, left);
  }

  /** What a step costs, up to a factor: its latents, of which a picture has one frame. */
  private double work(int place) {
    var phase = phases.get(place);
    double frames = 1 + (phase.frames() - 1) / 4 * (1 - phase.imageFraction());
    return frames * phase.width() * phase.height();
  }
}
