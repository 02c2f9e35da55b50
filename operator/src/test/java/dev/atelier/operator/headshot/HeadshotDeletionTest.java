package dev.atelier.operator.headshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.operator.testing.Words;
import org.junit.jupiter.api.Test;

/** A resource that is deleted in the very moment in which its Job is created. */
class HeadshotDeletionTest {

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void whatWasErasedWhileSomethingStillWroteIsErasedAgain() {
    world.remember();
    world.settle();
    world.model.getMetadata().setDeletionTimestamp(world.now.toString());
    assertThat(world.leave(true)).as("the cache has no Job yet").isFalse();
    assertThat(world.jobs.unfinished()).as("intake and erasure").hasSize(2);
    erased();

    assertThat(world.leave(false)).isFalse();
    assertThat(world.jobs.jobs()).as("both are stopped").isEmpty();
    assertThat(world.leave(false)).isFalse();
    assertThat(world.currentJob()).contains("-erase-");
    erased();
    assertThat(world.leave(false)).isTrue();
  }

  private void erased() {
    var erase =
        world.jobs.unfinished().stream()
            .map(job -> job.getMetadata().getName())
            .filter(name -> name.contains("-erase-"))
            .findFirst()
            .orElseThrow();
    world.jobs.start(erase, world.now);
    world.jobs.end(erase, 0, Words.done("erased"), world.now);
  }
}
