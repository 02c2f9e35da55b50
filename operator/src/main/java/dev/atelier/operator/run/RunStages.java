package dev.atelier.operator.run;

import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.stage.Stage;
import java.util.Arrays;
import java.util.Optional;

/** What a run's stages are called. */
final class RunStages {

  private RunStages() {}

  /** The stage that a run is at; empty for one that this release does not know. */
  static Optional<Stage> of(RunStatus run) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.title().equals(run.stage()))
        .findFirst();
  }

  /** What Ready says while the stage is under way. */
  static Reason reason(Stage stage) {
    return switch (stage) {
      case INTAKE, PREPARE_VIDEO -> Reason.Preparing;
      case TRAIN -> Reason.Training;
      case EVALUATE -> Reason.Evaluating;
      case SAMPLE -> Reason.Sampling;
      case SERVE -> Reason.Serving;
      case ERASE -> Reason.Erasing;
    };
  }
}
