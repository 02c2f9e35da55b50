package dev.atelier.operator.job;

import dev.atelier.api.LimitsSpec;
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

  /**
   * The deadline of a stage; one with GPUs is cut to what the budget still pays for.
   *
   * @param gpus of a pod
   * @param gpuSecondsUsed by the run so far
   */
  public static long deadline(int gpus, LimitsSpec limits, long gpuSecondsUsed) {
    long deadline = limits.activeDeadlineSeconds();
    long budget = limits.maxGpuSeconds();
    if (budget == 0 || gpus == 0) {
      return deadline;
    }
    long left = (budget - gpuSecondsUsed) / gpus;
    return Math.max(1, Math.min(deadline, left));
  }
}
