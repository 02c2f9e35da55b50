package dev.atelier.operator.run;

import dev.atelier.api.GateRule;
import dev.atelier.api.LimitsSpec;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.stage.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules of a run ask of a spec.
 *
 * @param runtime name of the DiffusionRuntime
 * @param stages in their order, at least one
 * @param onCpu stages that take no GPU although their kind may
 * @param nodes that train together
 * @param batchSize of training
 * @param gate bounds that the last stage decides on
 * @param expiresAt when a person's consent ends
 * @param erasesPhotos whether the last stage erases what the model was trained on
 * @param published what Ready says in the end
 */
public record StagedSpec(
    String runtime,
    LimitsSpec limits,
    boolean suspend,
    long runNonce,
    List<Stage> stages,
    Set<Stage> onCpu,
    int nodes,
    int batchSize,
    List<GateRule> gate,
    Optional<Instant> expiresAt,
    boolean erasesPhotos,
    String published) {

  public StagedSpec {
    stages = List.copyOf(stages);
    onCpu = Set.copyOf(onCpu);
    gate = List.copyOf(gate);
  }

  Stage first() {
    return stages.get(0);
  }

  Optional<Stage> after(Stage stage) {
    int next = stages.indexOf(stage) + 1;
    return next < stages.size() ? Optional.of(stages.get(next)) : Optional.empty();
  }

  /** The stage that a run is at. */
  Stage stage(RunStatus run) {
    return RunStages.of(run).orElse(first());
  }

  /** Nodes that work together at the stage. */
  int nodes(Stage stage) {
    return stage == Stage.TRAIN ? nodes : 1;
  }

  /** Names the Job of the stage that a run is at. */
  StageKey key(Owner owner, RunStatus run) {
    var stage = stage(run);
    return new StageKey(owner, stage, run.id(), run.attempt(), nodes(stage));
  }

  /** GPUs of a pod of the stage. */
  int gpus(Stage stage, RuntimeSpec runtime) {
    return onCpu.contains(stage) ? 0 : StageGpus.of(stage, runtime);
  }

  /** What Ready says while the stage is under way. */
  static Reason reason(Stage stage) {
    return RunStages.reason(stage);
  }
}
