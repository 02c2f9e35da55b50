package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.api.RetentionSpec;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.run.Staged;
import dev.atelier.operator.run.StagedKind;
import dev.atelier.operator.run.StagedSpec;
import dev.atelier.operator.run.StagedStatus;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A HeadshotModel as a run: intake, training, evaluation, for as long as a person agrees. */
final class HeadshotKind implements StagedKind<HeadshotModel, HeadshotStatus> {

  private static final List<Stage> STAGES = List.of(Stage.INTAKE, Stage.TRAIN, Stage.EVALUATE);

  @Override
  public Class<HeadshotModel> type() {
    return HeadshotModel.class;
  }

  @Override
  public String name() {
    return "HeadshotModel";
  }

  @Override
  public Optional<String> runtime(HeadshotModel model) {
    return Optional.ofNullable(model.getSpec().runtimeRef()).map(reference -> reference.name());
  }

  @Override
  public Optional<String> home(HeadshotModel model) {
    return Optional.ofNullable(model.getStatus()).map(HeadshotStatus::run).map(RunStatus::runtime);
  }

  @Override
  public Staged of(HeadshotModel model) {
    return Staged.of(model, spec(model.getSpec().withDefaults()), status(model.getStatus()));
  }

  @Override
  public HeadshotStatus status(HeadshotModel model, StagedStatus next) {
    return new HeadshotStatus(
        next.observedGeneration(),
        next.conditions(),
        next.run(),
        next.dataset(),
        next.progress(),
        next.lastCheckpoint(),
        next.evaluation(),
        next.artifacts(),
        next.usage());
  }

  @Override
  public StageInput input(
      HeadshotModel model, Stage stage, RunStatus run, RuntimeInputs inputs, Mounts mounts) {
    return new HeadshotStageInputs(model.getSpec().withDefaults(), inputs, mounts).of(stage, run);
  }

  private static StagedSpec spec(HeadshotSpec spec) {
    return new StagedSpec(
        spec.runtimeRef().name(),
        spec.limits(),
        spec.suspend(),
        spec.runNonce(),
        STAGES,
        Set.of(),
        1,
        spec.training().batchSize(),
        spec.evaluation().gate(),
        Optional.ofNullable(spec.subject().consent().expiresAt()),
        spec.retention().photos() == RetentionSpec.Photos.DeleteAfterTraining,
        "the portrait model can be used");
  }

  private static @Nullable StagedStatus status(@Nullable HeadshotStatus status) {
    return status == null
        ? null
        : new StagedStatus(
            status.observedGeneration(),
            status.conditions(),
            status.run(),
            status.dataset(),
            status.progress(),
            status.lastCheckpoint(),
            status.evaluation(),
            status.artifacts(),
            null,
            status.usage());
  }
}
