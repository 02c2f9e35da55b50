package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.PictureJudge;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.PerceptionInput;
import java.io.IOException;
import java.util.List;

/**
 * The models that judge a stage's pictures, opened before anything is drawn: a wrong setting must
 * not come out after an hour.
 *
 * @param names metrics to read
 */
record Judges(
    StageContext context,
    PerceptionInput input,
    Perception perception,
    FeatureReadings features,
    List<String> names)
    implements AutoCloseable {

  static Judges open(StageContext context, PerceptionInput input, List<String> names)
      throws IOException {
    var features = FeatureReadings.open(context, input, names);
    try {
      var perception = new PerceptionModels(context.stores()).open(input);
      return new Judges(context, input, perception, features, names);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** Measures single pictures against photos. */
  PictureJudge of(TrainingPhotos photos) {
    return new PictureJudge(perception, photos.person());
  }

  /** What no picture may show. */
  OutputCheck check() {
    return OutputCheck.of(perception.nudity(), input.nudity());
  }

  /** Embedding distance up to which two faces are one person. */
  double samePersonMaxDistance() {
    return input.faceEmbedding().samePersonMaxDistance();
  }

  /**
   * Measures pictures and decides the gate.
   *
   * @param baseline pictures of the base model, empty where none were drawn
   */
  Measured measured(
      List<DrawnPicture> pictures,
      List<DrawnPicture> baseline,
      TrainingPhotos photos,
      List<GateInput> gate)
      throws IOException {
    return Measured.of(names, pictures, baseline, photos, of(photos).protocol(), gate, features);
  }

  @Override
  public void close() {
    perception.close();
    features.close();
  }
}
