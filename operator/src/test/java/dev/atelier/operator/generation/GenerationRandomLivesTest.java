package dev.atelier.operator.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.operator.generation.GenerationDecision.Expire;
import dev.atelier.operator.generation.GenerationDecision.Forget;
import dev.atelier.operator.generation.GenerationDecision.Launch;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.testing.RandomLife;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import dev.atelier.stage.TerminationMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever happens to a GenerationJob in whatever order, the invariants hold. */
class GenerationRandomLivesTest {

  @Test
  void theInvariantsHold() {
    for (int seed = 0; seed < 150; seed++) {
      new Life(seed, new GenerationWorld(Resources.generation())).live();
    }
  }

  private static final class Life extends RandomLife {
    private final GenerationWorld world;

    Life(int seed, GenerationWorld world) {
      super(seed, world);
      this.world = world;
    }

    @Override
    protected void somebody(int dice) {
      switch (dice) {
        case 0, 1 -> world.job.setSpec(Specs.with(world.job.getSpec(), null, dice == 0));
        case 2 -> world.runtime = Optional.empty();
        case 3 -> mend();
        case 4 -> world.model = Optional.of(Resources.model());
        case 5, 6 -> world.model = Optional.of(GenerationWorld.published("artifacts"));
        case 7 ->
            world.model =
                Optional.of(
                    GenerationWorld.agreedUntil(world.now.plusSeconds(random.nextInt(600))));
        case 8 -> world.model = random.nextInt(5) == 0 ? Optional.empty() : world.model;
        default -> {}
      }
    }

    @Override
    protected void mend() {
      world.runtime =
          Optional.of(random.nextBoolean() ? Resources.runtime() : Resources.tidyRuntime());
    }

    @Override
    protected String reconcile(boolean late) {
      var before = world.job.getStatus();
      var decision = late ? world.reconcileLate() : world.reconcile();
      world.remember();
      check(before, decision);
      return decision.getClass().getSimpleName();
    }

    @Override
    protected boolean forgotten() {
      return GenerationConsent.erased(world.job.getStatus());
    }

    @Override
    protected Optional<TerminationMessage> said(String job) {
      return job.contains("-sample-") ? Words.drawn(2, 2, 0) : Words.done("erased 3 files");
    }

    private void check(@Nullable GenerationJobStatus before, GenerationDecision decision) {
      var status = world.status();
      if (decision instanceof Launch launch) {
        assertThat(launch.run()).as("on record before the Job").isEqualTo(status.run());
      }
      if (before == null || before.run() == null) {
        return;
      }
      boolean leaving =
          ConditionSet.find(before.conditions(), ConditionType.PicturesErased).isPresent();
      boolean finished = before.run().finishedAt() != null;
      if (leaving && !finished) {
        assertThat(decision).as("what began goes through: %s", diary).isInstanceOf(Forget.class);
      } else if (finished) {
        assertThat(decision)
            .as("drawn once: %s", diary)
            .isInstanceOfAny(Rest.class, Expire.class, Forget.class);
      }
      if (forgotten()) {
        assertThat(status.artifacts()).as("%s", diary).isEmpty();
        assertThat(holds(status, ConditionType.Complete)).as("%s", diary).isFalse();
      }
      assertThat(status.run().attempt()).isGreaterThanOrEqualTo(before.run().attempt());
    }

    private static boolean holds(GenerationJobStatus status, ConditionType type) {
      return ConditionSet.isTrue(status.conditions(), type);
    }
  }
}
