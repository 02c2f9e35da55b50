package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.evaluate.ParetoFront;
import dev.atelier.runtime.gallery.Curve;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;

/** The curve of a training, from the train stage that drew it to the report that shows it. */
final class CurveFile {

  /** The file in the train stage's manifest. */
  static final String NAME = "rounds.json";

  private CurveFile() {}

  /**
   * What the scores of a training mean.
   *
   * @param heldOut photos that training did not see
   * @param pictures drawn in each round
   */
  record Protocol(
      int heldOut, int pictures, String identity, String promptAlignment, String memorisation) {}

  /** The curve of a training that took so many steps. */
  static Curve curve(TrainingInput training, int steps, ParetoFront front, Protocol protocol) {
    var members = new HashSet<>(front.front());
    return new Curve(
        steps,
        training.maxSteps(),
        training.autoStop().everySteps(),
        training.autoStop().patience(),
        front.chosen().map(CheckpointScore::step).orElse(steps),
        protocol.heldOut(),
        protocol.pictures(),
        new Curve.Definitions(
            protocol.identity(), protocol.promptAlignment(), protocol.memorisation()),
        front.rounds().stream()
            .map(
                round ->
                    new Curve.Round(
                        round.step(),
                        round.identity(),
                        round.promptAlignment(),
                        round.memorisation(),
                        members.contains(round)))
            .toList());
  }

  /** The curve that a train stage published, if it judged checkpoints. */
  static Optional<Curve> read(ArtifactStore store, Manifest trained) throws IOException {
    var file = trained.file(NAME);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(
            StageJson.json().readValue(StageFolder.open(store, file.get()).toFile(), Curve.class));
  }
}
