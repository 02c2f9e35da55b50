package dev.atelier.operator.run;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageKey;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which run, and which attempt of it, comes next. */
final class RunAttempts {

  private RunAttempts() {}

  /** The run to go on with; a spec that was changed after a failure gets another attempt. */
  static RunStatus next(Owner owner, StagedSpec spec, @Nullable StagedStatus status, Instant now) {
    var known = status == null ? null : status.run();
    if (known == null || known.nonce() < spec.runNonce()) {
      return RunStatus.started(
          StageKey.runId(owner, spec.runNonce()),
          spec.runNonce(),
          spec.first().title(),
          spec.runtime(),
          now);
    }
    if (known.finishedAt() == null) {
      return known;
    }
    // Without judged photos, because they failed or were erased, there is nothing to go on with.
    boolean judged =
        status != null && ConditionSet.isTrue(status.conditions(), ConditionType.DatasetReady);
    var again = known.again(List.of());
    return judged ? again : again.at(spec.first().title());
  }

  /** What may help a training that ended so, if it was not tried yet. */
  static Optional<Adjustment> cure(RunStatus run, StagedSpec spec, Optional<ExitCode> exit) {
    if (spec.stage(run) != Stage.TRAIN) {
      return Optional.empty();
    }
    return exit.flatMap(
            code ->
                switch (code) {
                  case OUT_OF_MEMORY ->
                      spec.batchSize() > 1
                          ? Optional.of(Adjustment.HalfBatch)
                          : Optional.<Adjustment>empty();
                  case DIVERGED -> Optional.of(Adjustment.HalfLearningRate);
                  default -> Optional.<Adjustment>empty();
                })
        .filter(one -> !run.adjustments().contains(one));
  }

  static List<Adjustment> with(List<Adjustment> adjustments, Adjustment next) {
    var all = new ArrayList<>(adjustments);
    all.add(next);
    return List.copyOf(all);
  }
}
