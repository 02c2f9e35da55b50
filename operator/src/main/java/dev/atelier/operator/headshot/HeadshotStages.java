package dev.atelier.operator.headshot;

import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.stage.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The order of a HeadshotModel's stages. */
final class HeadshotStages {

  private static final List<Stage> ORDER = List.of(Stage.INTAKE, Stage.TRAIN, Stage.EVALUATE);

  private HeadshotStages() {}

  static Stage first() {
    return ORDER.get(0);
  }

  static Optional<Stage> after(Stage stage) {
    int next = ORDER.indexOf(stage) + 1;
    return next < ORDER.size() ? Optional.of(ORDER.get(next)) : Optional.empty();
  }

  /** The stage that a run is at. */
  static Stage of(RunStatus run) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.title().equals(run.stage()))
        .findFirst()
        .orElse(first());
  }

  /** What Ready says while the stage is under way. */
  static Reason reason(Stage stage) {
    return switch (stage) {
      case INTAKE, PREPARE_VIDEO -> Reason.Preparing;
      case TRAIN -> Reason.Training;
      case EVALUATE -> Reason.Evaluating;
      case SAMPLE -> Reason.Sampling;
      case ERASE -> Reason.Erasing;
    };
  }
}
