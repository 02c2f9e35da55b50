package dev.atelier.operator.job;

import dev.atelier.api.RuntimeSpec;
import dev.atelier.stage.Stage;
import java.util.Set;

/** Which stages hold GPUs. */
public final class StageGpus {

  private static final Set<Stage> ON_CPU = Set.of(Stage.INTAKE, Stage.ERASE);

  private StageGpus() {}

  /** GPUs of a pod of the stage; photos are judged before a GPU is asked for. */
  public static int of(Stage stage, RuntimeSpec runtime) {
    return ON_CPU.contains(stage) ? 0 : runtime.gpu().count();
  }
}
