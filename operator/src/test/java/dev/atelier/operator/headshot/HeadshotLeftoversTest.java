package dev.atelier.operator.headshot;

import static dev.atelier.operator.testing.Words.done;
import static dev.atelier.operator.testing.Words.evaluated;
import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.testing.Resources;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Finished Jobs go after a while; nothing that the status says goes with them. */
class HeadshotLeftoversTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void jobsOfAPublishedModelStayForThreeDaysAndTheStatusStaysAsItIs() {
    published();
    var told = world.status();
    assertThat(world.jobs.jobs()).hasSize(3);
    world.pass(Duration.ofDays(3).minus(Duration.ofMinutes(3)));
    world.settle();
    assertThat(world.jobs.jobs()).as("the first to end is a minute short").hasSize(3);
    assertThat(world.recheck()).hasValue(Duration.ofMinutes(1));

    world.pass(Duration.ofMinutes(3));
    assertThat(world.settle()).isInstanceOf(Rest.class);

    assertThat(world.jobs.jobs()).isEmpty();
    assertThat(world.status()).isEqualTo(told);
    assertThat(world.recheck()).isEmpty();
  }

  @Test
  void aTrainingGoesOnWithoutTheJobOfItsIntake() {
    keepFor(HOUR);
    world.settle();
    world.stage(0, photos());
    var train = world.currentJob();
    world.jobs.start(train, world.now);
    world.settle();
    var told = world.status();
    world.pass(HOUR);
    world.settle();

    assertThat(world.jobs.jobs()).hasSize(1);
    assertThat(world.currentJob()).isEqualTo(train);
    assertThat(world.status()).isEqualTo(told);
  }

  @Test
  void aResultIsReadHoweverLateTheOperatorComes() {
    keepFor(Duration.ZERO);
    world.settle();
    var intake = world.currentJob();
    world.jobs.start(intake, world.now);
    world.jobs.end(intake, 0, photos(), world.now);
    world.pass(Duration.ofDays(30));
    world.settle();

    assertThat(world.status().dataset().usable()).isEqualTo(14);
    assertThat(world.status().run().attempt()).isEqualTo(1);
    assertThat(world.currentJob()).contains("-train-");
    assertThat(world.jobs.find(intake)).isEmpty();
  }

  @Test
  void jobsOfAnEarlierRunGoWhileTheNextOneComputes() {
    keepFor(HOUR);
    published();
    world.raiseNonce();
    world.settle();
    world.pass(HOUR);
    world.settle();

    assertThat(world.jobs.jobs())
        .extracting(job -> job.getMetadata().getName())
        .containsExactly(world.currentJob());
    assertThat(world.currentJob()).contains("-intake-r2-");
  }

  @Test
  void aFailedRunIsNotTriedAgainWhenItsJobIsGone() {
    keepFor(HOUR);
    world.settle();
    world.stage(42, failed("BadInput", "no"));
    world.pass(HOUR);
    world.settle();
    assertThat(world.jobs.jobs()).isEmpty();

    assertThat(world.settle()).isInstanceOf(Rest.class);
    assertThat(world.ready()).isEqualTo("False BadInput");
  }

  @Test
  void anErasureIsOnRecordBeforeItsJobGoes() {
    keepFor(Duration.ZERO);
    world.edit(spec -> new Edit(spec).consentUntil(Resources.NOON.plus(HOUR)));
    world.settle();
    world.stage(0, photos());
    world.pass(HOUR);
    world.settle();
    world.stage(0, done("17 objects erased"));

    assertThat(world.ready()).isEqualTo("False ConsentExpired");
    assertThat(world.message()).contains("17 objects erased");
    assertThat(world.jobs.jobs()).isEmpty();
    assertThat(world.settle()).isInstanceOf(Rest.class);
  }

  @Test
  void nothingGoesWhileNobodyKnowsForHowLongItShouldStay() {
    published();
    world.runtimes.clear();
    world.pass(Duration.ofDays(30));
    world.settle();

    assertThat(world.jobs.jobs()).hasSize(3);
  }

  private void published() {
    world.settle();
    world.stage(0, photos());
    world.stage(0, done("trained 800 steps"));
    world.stage(0, evaluated("studio/HeadshotModel/ana", "Passed"));
    assertThat(world.ready()).isEqualTo("True Published");
  }

  private void keepFor(Duration time) {
    world.runtimes.clear();
    world.runtimes.add(Resources.runtimeKeepingJobs(time));
  }
}
