package dev.atelier.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.testing.RandomLife;
import dev.atelier.operator.testing.Resources;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A life of a resource that runs through stages: what holds for each of its kinds. */
public abstract class RunLife<P extends CustomResource<?, S>, S> extends RandomLife {

  private final RunWorld<P, S> world;

  /** A life of a seed. */
  protected RunLife(int seed, RunWorld<P, S> world) {
    super(seed, world);
    this.world = world;
  }

  /** There is a runtime, whose finished Jobs stay or go soon. */
  @Override
  protected void mend() {
    world.runtimes.clear();
    world.runtimes.add(random.nextBoolean() ? Resources.runtime() : Resources.tidyRuntime());
  }

  @Override
  protected String reconcile(boolean late) {
    var before = world.staged().status();
    var decision = late ? world.reconcileLate() : world.reconcile();
    world.remember();
    check(before, decision);
    return decision.getClass().getSimpleName();
  }

  @Override
  protected boolean forgotten() {
    return world.started() && RunConsent.saidSo(world.told());
  }

  private void check(@Nullable StagedStatus before, RunDecision decision) {
    var status = world.told();
    assertThat(status.observedGeneration())
        .as("%s", diary)
        .isEqualTo(world.model.getMetadata().getGeneration());
    var run = status.run();
    if (run == null) {
      return;
    }
    if (decision instanceof Launch launch) {
      assertThat(launch.run()).as("on record before the Job").isEqualTo(run);
    }
    if (before != null && before.run() != null) {
      sticky(before, before.run(), decision, run);
      forward(before.run(), run);
    }
  }

  /** A run that ended is not touched again for its generation; only consent ends later. */
  private void sticky(StagedStatus before, RunStatus ended, RunDecision decision, RunStatus run) {
    var spec = world.staged().spec();
    boolean answered =
        ended.finishedAt() != null
            && Objects.equals(
                before.observedGeneration(), world.model.getMetadata().getGeneration())
            && ended.nonce() >= spec.runNonce();
    boolean terminal = ConditionSet.isTrue(before.conditions(), ConditionType.Failed);
    if (answered && terminal && !RunConsent.ended(spec, world.now)) {
      assertThat(decision).as("%s", diary).isInstanceOf(Rest.class);
      assertThat(run.finishedAt()).isEqualTo(ended.finishedAt());
    }
  }

  private void forward(RunStatus before, RunStatus after) {
    assertThat(after.nonce()).as("%s", diary).isGreaterThanOrEqualTo(before.nonce());
    if (after.id().equals(before.id())) {
      assertThat(after.attempt()).as("%s", diary).isGreaterThanOrEqualTo(before.attempt());
      assertThat(after.adjustments()).doesNotHaveDuplicates();
    } else {
      assertThat(after.attempt()).isEqualTo(1);
    }
  }
}
