package dev.atelier.operator.headshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.run.RunDecision;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order, these things hold. A failure tells the seed and the diary.
 */
class HeadshotRandomLivesTest {

  private static final int EVENTS = 80;
  private static final List<Integer> EXITS = List.of(0, 0, 0, 1, 42, 43, 44, 75, 137);

  @Test
  void theInvariantsHold() {
    for (int seed = 0; seed < 150; seed++) {
      new Life(seed).live();
    }
  }

  /** One life. */
  private static final class Life {
    private final Random random;
    private final HeadshotWorld world = new HeadshotWorld();
    private final List<String> diary = new ArrayList<>();

    Life(int seed) {
      this.random = new Random(seed);
      diary.add("seed " + seed);
    }

    void live() {
      for (int i = 0; i < EVENTS; i++) {
        var before = world.model.getStatus();
        diary.add(something());
        var decision = random.nextInt(4) == 0 ? world.reconcileLate() : world.reconcile();
        diary.add("-> " + decision.getClass().getSimpleName());
        world.remember();
        check(before, decision);
      }
      var end = world.settle();
      assertThat(world.settle()).as("%s", diary).isEqualTo(end);
    }

    private String something() {
      var running =
          world.jobs.unfinished().stream().map(job -> job.getMetadata().getName()).toList();
      int dice = random.nextInt(24);
      if (dice < 14) {
        return running.isEmpty() ? "nothing" : happens(running.get(random.nextInt(running.size())));
      }
      world.pass(Duration.ofSeconds(random.nextInt(90)));
      switch (dice) {
        case 14 -> world.suspend(random.nextBoolean());
        case 15 -> world.raiseNonce();
        case 16 -> world.edit(spec -> new Edit(spec).limits(7200, random.nextInt(4), 0));
        case 17 -> world.runtimes.clear();
        case 18, 19 -> {
          world.runtimes.clear();
          world.runtimes.add(Resources.runtime());
        }
        case 20 ->
            world.edit(
                spec -> new Edit(spec).consentUntil(world.now.plusSeconds(random.nextInt(600))));
        case 21 -> world.edit(spec -> new Edit(spec).consentUntil(null));
        default -> {
          return "time passes";
        }
      }
      return "event " + dice;
    }

    private String happens(String job) {
      int code = EXITS.get(random.nextInt(EXITS.size()));
      switch (random.nextInt(6)) {
        case 0 -> world.jobs.delete(job);
        case 1 -> world.jobs.deadline(job, world.now);
        case 2 -> world.jobs.removePods(job);
        default -> {
          world.jobs.start(job, world.now);
          if (random.nextInt(3) > 0) {
            world.jobs.end(job, code, words(code), world.now);
          }
        }
      }
      return job + " " + code;
    }

    private Optional<TerminationMessage> words(int code) {
      return random.nextInt(5) == 0
          ? Optional.empty()
          : code == 0 ? Words.photos() : Words.failed("BadInput", "exit " + code);
    }

    private void check(HeadshotStatus before, RunDecision decision) {
      var status = world.status();
      assertThat(status.observedGeneration())
          .as("%s", diary)
          .isEqualTo(world.model.getMetadata().getGeneration());
      assertThat(world.jobs.unfinished().stream().map(Job::getMetadata).map(m -> m.getName()))
          .as("one live Job: %s", diary)
          .hasSizeLessThanOrEqualTo(1);
      if (status.run() == null) {
        return;
      }
      sticky(before, decision, status.run());
      if (before != null && before.run() != null) {
        forward(before.run(), status.run());
      }
    }

    private boolean consentEnded() {
      var end = world.model.getSpec().subject().consent().expiresAt();
      return end != null && !world.now.isBefore(end);
    }

    /** A run that ended is not touched again for its generation; only consent ends later. */
    private void sticky(HeadshotStatus before, RunDecision decision, RunStatus run) {
      boolean answered =
          before != null
              && before.run() != null
              && before.run().finishedAt() != null
              && before.observedGeneration().equals(world.model.getMetadata().getGeneration())
              && before.run().nonce() >= world.model.getSpec().runNonce();
      boolean terminal =
          before != null && ConditionSet.isTrue(before.conditions(), ConditionType.Failed);
      if (answered && terminal && !consentEnded()) {
        assertThat(decision).as("%s", diary).isInstanceOf(Rest.class);
        assertThat(run.finishedAt()).isEqualTo(before.run().finishedAt());
      }
      if (decision instanceof Launch launch) {
        assertThat(launch.run()).as("on record before the Job").isEqualTo(run);
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
}
