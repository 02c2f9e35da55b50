package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.ClipJudge;
import dev.atelier.runtime.perception.OpenNsfw;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.stage.PerceptionInput;
import java.io.IOException;
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

  static ClipJudges open(StageContext context, PerceptionInput input, List<String> names)
      throws IOException {
    var features = FeatureReadings.open(context, input, names);
    try {
      var nudity = new PerceptionModels(context.stores()).openNudity(input);
      return new ClipJudges(input, nudity, features, names);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** Refuses and marks clips. */
  OutputCheck check() {
    return new OutputCheck(nudity, input.nudity().block(), input.nudity().review());
  }

  /** Reads clips. */
  ClipJudge judge() {
    return new ClipJudge(features.models());
  }

  @Override
  public void close() {
    nudity.close();
    features.close();
  }
}
