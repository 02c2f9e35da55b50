package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.ClipJudge;
import dev.atelier.runtime.evaluate.FeatureModels;
import dev.atelier.runtime.evaluate.WholeClipReader;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.OpenNsfw;
import dev.atelier.runtime.perception.PerceptionException;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.stage.PerceptionInput;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * The models that judge a stage's clips, opened before anything is drawn: a wrong setting must not
 * come out after an hour.
 *
 * @param names metrics to read
 */
record ClipJudges(
    PerceptionInput input, OpenNsfw nudity, FeatureReadings features, List<String> names)
    implements AutoCloseable {

  /** Of the black frames that a network is tried on, in pixels. */
  private static final int SIDE = 64;

  /**
   * Opens them.
   *
   * @param frames of the clips; a network that reads whole clips is tried on as many
   */
  static ClipJudges open(
      StageContext context, PerceptionInput input, List<String> names, int frames)
      throws IOException {
    var features = FeatureReadings.open(context, input, names);
    try {
      features.models().flatMap(FeatureModels::video).ifPresent(video -> tryOut(video, frames));
      var nudity = new PerceptionModels(context.stores()).openNudity(input);
      return new ClipJudges(input, nudity, features, names);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  private static void tryOut(WholeClipReader video, int frames) {
    try {
      video.clip(Collections.nCopies(frames, new RgbImage(SIDE, SIDE, new float[3 * SIDE * SIDE])));
    } catch (PerceptionException e) {
      throw new StageFailure.BadInput(
          "spec.perception.video of the DiffusionRuntime cannot read clips of %d frames: %s"
              .formatted(frames, e.getMessage()),
          e);
    }
  }

  /** Refuses and marks clips. */
  OutputCheck check() {
    return OutputCheck.of(nudity, input.nudity());
  }

  /** Reads clips. */
  ClipJudge judge() {
    return new ClipJudge(features.models());
  }

  /** Reads real clips: what sets are compared by, and nothing else. */
  ClipJudge comparing() {
    return new ClipJudge(features.models().map(FeatureModels::comparing));
  }

  @Override
  public void close() {
    nudity.close();
    features.close();
  }
}
