package dev.atelier.operator.headshot;

import static dev.atelier.operator.testing.Words.done;
import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionType;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.testing.Resources;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Photos and what was made of them go when the consent ends or the run moves. */
class HeadshotErasureTest {

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void expiredConsentErasesAndARenewedOneBeginsWithThePhotosAgain() {
    world.edit(spec -> new Edit(spec).consentUntil(Resources.NOON.plus(Duration.ofHours(1))));
    world.settle();
    world.stage(0, photos());
    assertThat(world.recheck())
        .hasValueSatisfying(delay -> assertThat(delay).isLessThanOrEqualTo(Duration.ofHours(1)));
    world.pass(Duration.ofHours(1));
    world.settle();
    assertThat(world.ready()).isEqualTo("False Erasing");
    assertThat(world.currentJob()).contains("-erase-");
    world.stage(0, done("17 objects erased"));

    assertThat(world.ready()).isEqualTo("False ConsentExpired");
    assertThat(world.holds(ConditionType.PhotosErased)).isTrue();
    assertThat(world.status().dataset()).isNull();
    assertThat(world.settle()).isInstanceOf(Rest.class);

    world.edit(spec -> new Edit(spec).consentUntil(world.now.plus(Duration.ofHours(1))));
    world.settle();
    assertThat(world.currentJob()).contains("-intake-");
    assertThat(world.holds(ConditionType.PhotosErased)).isFalse();
  }

  @Test
  void aFailedRunIsErasedAsWellWhenTheConsentEnds() {
    world.edit(spec -> new Edit(spec).consentUntil(Resources.NOON.plus(Duration.ofHours(1))));
    world.settle();
    world.stage(42, failed("BadInput", "no"));
    assertThat(world.recheck()).isPresent();
    world.pass(Duration.ofHours(1));
    world.settle();

    assertThat(world.currentJob()).contains("-erase-");
  }

  @Test
  void anErasureThatFailsRestsLongerAndLonger() {
    world.edit(spec -> new Edit(spec).consentUntil(Resources.NOON.plus(Duration.ofHours(1))));
    world.settle();
    world.stage(0, photos());
    world.pass(Duration.ofHours(1));
    world.settle();
    world.stage(42, failed("StorageUnavailable", "refused"));
    assertThat(world.ready()).isEqualTo("False EraseFailed");
    assertThat(world.message()).contains("refused");
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
    assertThat(world.jobs.unfinished()).isEmpty();
    world.pass(HeadshotWorld.ERASE_PAUSE);
    world.settle();
    assertThat(world.currentJob()).contains("-erase-");

    world.pass(Duration.ofHours(1));
    world.stage(42, failed("StorageUnavailable", "refused"));
    world.pass(HeadshotWorld.ERASE_PAUSE);
    world.settle();
    assertThat(world.jobs.unfinished()).as("half of the hour that was tried so far").isEmpty();
    world.pass(Duration.ofMinutes(60));
    world.settle();
    assertThat(world.currentJob()).contains("-erase-");
  }

  @Test
  void aRunOnAnotherRuntimeErasesTheFirstOnesFilesWhereTheyAre() {
    world.settle();
    world.stage(0, photos());
    var other = Resources.runtime("name: sd15", "name: sdxl");
    world.runtimes.add(other);
    world.edit(spec -> new Edit(spec).runtime("sdxl", 1));
    world.settle();
    assertThat(world.ready()).isEqualTo("False Erasing");
    assertThat(world.currentJob()).contains("-erase-r1-");
    world.stage(0, done("9 objects erased"));
    world.settle();

    assertThat(world.status().run().runtime()).isEqualTo("sdxl");
    assertThat(world.currentJob()).contains("-intake-r2-");
  }
}
