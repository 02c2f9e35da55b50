package dev.atelier.operator.headshot;

import static dev.atelier.operator.headshot.TerminalRun.assertTerminal;
import static dev.atelier.operator.testing.Words.done;
import static dev.atelier.operator.testing.Words.evaluated;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.operator.run.NextRunStatus;
import dev.atelier.operator.run.RunDecision;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.run.RunDecision.Supersede;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A run from its first Job to a published model, and how a user holds or replaces it. */
class HeadshotRunTest {

  private static final String FOLDER = "studio/HeadshotModel/ana-1b2c3d4e/r1";

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void photosBecomeAPublishedModelInThreeJobs() {
    world.settle();
    assertThat(world.currentJob()).startsWith("ana-intake-r1-");
    world.stage(0, photos());
    assertThat(world.currentJob()).startsWith("ana-train-r1-");
    assertThat(world.holds(ConditionType.DatasetReady)).isTrue();
    assertThat(world.status().dataset().rejected()).hasSize(1);
    world.stage(0, done("800 steps"));
    assertThat(world.status().artifacts()).as("nobody uses a model unjudged").isEmpty();
    world.stage(0, evaluated(FOLDER, "Passed"));

    assertThat(world.ready()).isEqualTo("True Published");
    assertThat(world.jobs.jobs()).hasSize(3);
    assertThat(world.status().run().finishedAt()).isEqualTo(world.now);
    assertThat(world.status().artifacts())
        .extracting(ArtifactStatus::name)
        .containsExactly("model", "gallery", "manifest");
    assertThat(world.status().artifacts())
        .allMatch(one -> one.uri().startsWith("pvc://artifacts/" + FOLDER));
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(60 + 20);
    assertThat(world.status().usage().cost().amount()).isEqualTo("0.02");
    assertThat(world.reconcile()).isInstanceOf(Rest.class);
  }

  @Test
  void theAttemptIsOnRecordBeforeItsJobExists() {
    var seen = world.observed(world.seenNow());
    var decision = RunDecision.of(world.staged(), seen, HeadshotWorld.ERASE_PAUSE, world.now);
    var next = NextRunStatus.of(world.staged(), seen, decision, HeadshotWorld.PROGRESS, world.now);

    assertThat(decision).isInstanceOf(Launch.class);
    assertThat(next.run().attempt()).isEqualTo(1);
    assertThat(next.run().runtime()).isEqualTo("sd15");
    assertThat(world.jobs.jobs()).isEmpty();
  }

  @Test
  void aCrashBetweenStatusAndJobStartsTheSameJobLater() {
    world.settle();
    var name = world.currentJob();
    world.jobs.delete(name);

    assertThat(world.reconcile()).isInstanceOf(Launch.class);
    assertThat(world.currentJob()).isEqualTo(name);
  }

  @Test
  void aGateThatIsNotKeptShowsThePicturesAndKeepsTheModelBack() {
    world.settle();
    world.stage(0, photos());
    world.stage(0, done("800 steps"));
    world.stage(0, evaluated(FOLDER, "Failed"));

    assertThat(world.ready()).isEqualTo("False GateFailed");
    assertThat(world.status().artifacts())
        .extracting(ArtifactStatus::name)
        .contains("gallery")
        .doesNotContain("manifest");
    assertTerminal(world);
  }

  @Test
  void aPublishedModelWhoseGateIsChangedIsStillReady() {
    world.settle();
    world.stage(0, photos());
    world.stage(0, done("800 steps"));
    world.stage(0, evaluated(FOLDER, "Passed"));
    world.edit(spec -> spec);
    var generation = world.model.getMetadata().getGeneration();
    assertThat(ready().getObservedGeneration()).isLessThan(generation);

    assertThat(world.settle()).isInstanceOf(Rest.class);

    assertThat(ready().getObservedGeneration()).isEqualTo(generation);
    assertThat(world.ready()).isEqualTo("True Published");
    assertThat(world.jobs.jobs()).hasSize(3);
  }

  private Condition ready() {
    return ConditionSet.find(world.status().conditions(), ConditionType.Ready).orElseThrow();
  }

  @Test
  void suspendStopsTheJobCountsItsGpuAndResumeStartsTheSameAttempt() {
    world.settle();
    world.stage(0, photos());
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.pass(Duration.ofMinutes(10));
    world.suspend(true);
    world.settle();

    assertThat(world.ready()).isEqualTo("False Suspended");
    assertThat(world.holds(ConditionType.Suspended)).isTrue();
    assertThat(world.jobs.unfinished()).isEmpty();
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(600);

    world.suspend(false);
    world.settle();
    assertThat(world.currentJob()).isEqualTo(job);
    assertThat(world.holds(ConditionType.Suspended)).isFalse();
    assertThat(world.status().run().attempt()).isEqualTo(1);
  }

  @Test
  void aHigherNonceStopsTheOldRunFirstAndForgetsWhatItSaid() {
    world.settle();
    world.stage(0, photos());
    var old = world.currentJob();
    var first = world.status().run().id();
    world.raiseNonce();
    assertThat(world.reconcile()).isInstanceOf(Supersede.class);
    assertThat(world.jobs.find(old)).isEmpty();
    world.settle();

    assertThat(world.status().run().id()).startsWith("r2-").isNotEqualTo(first);
    assertThat(world.status().dataset()).isNull();
    assertThat(world.holds(ConditionType.DatasetReady)).isFalse();
    assertThat(world.currentJob()).contains("-intake-r2-");
  }
}
