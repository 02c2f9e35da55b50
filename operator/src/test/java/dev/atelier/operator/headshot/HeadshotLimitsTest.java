package dev.atelier.operator.headshot;

import static dev.atelier.operator.headshot.TerminalRun.assertTerminal;
import static dev.atelier.operator.testing.Words.done;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The budget of GPU seconds and the deadline. */
class HeadshotLimitsTest {

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void aNewRunHasABudgetOfItsOwn() {
    world.edit(spec -> new Edit(spec).limits(7200, 2, 50));
    world.settle();
    world.stage(0, photos());
    world.stage(0, done("800 steps"));
    assertThat(world.ready()).isEqualTo("False BudgetExceeded");
    assertTerminal(world);

    world.raiseNonce();
    world.settle();
    world.stage(0, photos());

    assertThat(world.currentJob()).contains("-train-r2-");
    assertThat(
            world.jobs.find(world.currentJob()).orElseThrow().getSpec().getActiveDeadlineSeconds())
        .isEqualTo(50L);
  }

  @Test
  void aDeadlineThatTheBudgetCutIsTheBudgetsEnd() {
    world.edit(spec -> new Edit(spec).limits(7200, 2, 100));
    world.settle();
    world.stage(0, photos());
    world.jobs.start(world.currentJob(), world.now);
    world.pass(Duration.ofSeconds(100));
    world.jobs.deadline(world.currentJob(), world.now);
    world.settle();

    assertThat(world.ready()).isEqualTo("False BudgetExceeded");
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(100);
  }

  @Test
  void aDeadlineOfTheSpecSaysSo() {
    world.settle();
    world.jobs.start(world.currentJob(), world.now);
    world.pass(Duration.ofHours(2));
    world.jobs.deadline(world.currentJob(), world.now);
    world.settle();

    assertThat(world.ready()).isEqualTo("False DeadlineExceeded");
    assertThat(world.message()).contains("spec.limits.activeDeadlineSeconds");
  }
}
