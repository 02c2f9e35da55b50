package dev.atelier.operator.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.run.RunLife;
import dev.atelier.operator.testing.Words;
import dev.atelier.stage.TerminationMessage;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever happens to a VideoGenerator that is served, and to its pods, the invariants hold. */
class ServingRandomLivesTest {

  @Test
  void theInvariantsHold() {
    for (int seed = 0; seed < 80; seed++) {
      new Life(seed, ServingWorld.base(1)).live();
    }
  }

  private static final class Life extends RunLife<VideoGenerator, VideoGeneratorStatus> {

    private final ServingWorld world;
    private final Set<String> published = new HashSet<>();

    Life(int seed, ServingWorld world) {
      super(seed, world);
      this.world = world;
    }

    @Override
    protected String reconcile(boolean late) {
      var decision = super.reconcile(late);
      if (ConditionSet.isTrue(world.told().conditions(), ConditionType.Ready)) {
        published.add(world.told().run().id());
      }
      world
          .cluster
          .deployment
          .flatMap(ServedModel::of)
          .ifPresent(
              model ->
                  assertThat(published)
                      .as("only what was published is served: %s", diary)
                      .contains(model.run()));
      if (!world.jobs.jobs().isEmpty() && world.model.getSpec().suspend()) {
        world.cluster.deployment.ifPresent(
            there ->
                assertThat(ServingSeen.deleted(there) ? 0 : ServingSeen.replicas(there))
                    .as("no pod serves while suspended: %s", diary)
                    .isZero());
      }
      return decision + ", " + world.decision.getClass().getSimpleName();
    }

    @Override
    protected void somebody(int dice) {
      switch (dice) {
        case 0 -> world.suspend(random.nextBoolean());
        case 1 -> world.raiseNonce();
        case 2 -> world.runtimes.clear();
        case 3 -> mend();
        case 4 -> world.serve(random.nextInt(3));
        case 5 -> world.serve(null);
        case 6 -> world.cluster.podsEnd();
        case 7 -> world.cluster.deployment.ifPresent(there -> world.cluster.roll());
        case 8 -> world.cluster.deployment = Optional.empty();
        default -> world.cluster.service = Optional.empty();
      }
    }

    @Override
    protected void mend() {
      super.mend();
      world.cluster.podsEnd();
    }

    @Override
    protected Optional<TerminationMessage> said(String job) {
      return job.contains("-evaluate-")
          ? Words.evaluated(
              "studio/VideoGenerator/clips-7c8d9e0f", random.nextBoolean() ? "Passed" : "Failed")
          : Words.done("well");
    }
  }
}
