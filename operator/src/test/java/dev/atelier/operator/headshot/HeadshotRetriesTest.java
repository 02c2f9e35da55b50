package dev.atelier.operator.headshot;

import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.RetriesStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Failed tries in numbers, where a person and a tool find them. */
class HeadshotRetriesTest {

  private static final String SAID = "s3 does not answer";

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void aFailedTrySaysHowManyWhyAndWhenTheNextOneBegins() {
    training();
    fails();
    assertThat(retries())
        .isEqualTo(new RetriesStatus(1, 2, "StorageUnavailable", SAID, world.now.plusSeconds(10)));

    fails();
    assertThat(retries())
        .as("the back-off doubles")
        .isEqualTo(new RetriesStatus(2, 2, "StorageUnavailable", SAID, world.now.plusSeconds(20)));
  }

  @Test
  void whileTheNextTryComputesTheLastFailureStaysVisible() {
    training();
    fails();
    world.jobs.start(world.currentJob(), world.now);
    world.settle();

    assertThat(world.ready()).isEqualTo("False Training");
    assertThat(retries()).isEqualTo(new RetriesStatus(1, 2, "StorageUnavailable", SAID, null));
  }

  @Test
  void afterTheLastTryThereIsNoNext() {
    training();
    fails();
    fails();
    fails();

    assertThat(world.ready()).isEqualTo("False RetriesExhausted");
    assertThat(retries()).isEqualTo(new RetriesStatus(3, 2, "StorageUnavailable", SAID, null));
    world.pass(Duration.ofDays(3));
    world.settle();
    assertThat(world.jobs.jobs()).isEmpty();
    assertThat(retries().failed()).as("it outlives its Job").isEqualTo(3);
  }

  @Test
  void aPodThatSaidNothingIsToldOfByTheKubelet() {
    training();
    world.stage(137, Optional.empty());

    assertThat(retries().lastReason()).isEqualTo("OOMKilled");
    assertThat(retries().lastMessage()).isNull();
  }

  @Test
  void aCheckpointIsNoFailure() {
    training();
    world.stage(75, Optional.empty());

    assertThat(world.status().run().retries()).isNull();
  }

  @Test
  void anotherStageOrASuspensionBeginsToCountAnew() {
    world.settle();
    fails();
    assertThat(retries().failed()).isEqualTo(1);
    world.stage(0, photos());
    assertThat(world.currentJob()).contains("-train-");
    assertThat(world.status().run().retries()).isNull();

    fails();
    world.suspend(true);
    world.settle();
    assertThat(world.status().run().retries()).isNull();
  }

  private void training() {
    world.settle();
    world.stage(0, photos());
  }

  private void fails() {
    world.stage(1, failed("StorageUnavailable", SAID));
  }

  private RetriesStatus retries() {
    var retries = world.status().run().retries();
    assertThat(retries).isNotNull();
    return retries;
  }
}
