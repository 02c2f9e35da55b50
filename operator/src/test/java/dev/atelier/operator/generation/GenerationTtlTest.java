package dev.atelier.operator.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.GenerationJob;
import dev.atelier.operator.generation.GenerationDecision.Expire;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes by itself after a GenerationJob finished, and what stays. */
class GenerationTtlTest {

  private final GenerationWorld world = new GenerationWorld(Resources.generation());

  @Test
  void aFinishedJobExpiresAfterItsTime() {
    var brief = expiring(Resources.generation());
    brief.settle();
    brief.draw(0, Words.drawn(2, 2, 0));
    assertThat(brief.settle()).isEqualTo(new Rest(Duration.ofSeconds(60)));
    brief.now = brief.now.plusSeconds(60);

    assertThat(brief.reconcile()).isInstanceOf(Expire.class);
  }

  @Test
  void theKubernetesJobGoesAfterAWhileAndThePicturesStay() {
    world.settle();
    world.draw(0, Words.drawn(2, 2, 0));
    var told = world.status();
    assertThat(world.recheck()).hasValue(Duration.ofDays(3));
    world.now = world.now.plus(Duration.ofDays(3));

    assertThat(world.settle()).isInstanceOf(Rest.class);
    assertThat(world.jobs.jobs()).isEmpty();
    assertThat(world.status()).isEqualTo(told);
    assertThat(world.recheck()).isEmpty();
  }

  @Test
  void whatArgoCdKeepsDoesNotDeleteItself() {
    var kept =
        expiring(
            Resources.generation(
                "name: suits,", "name: suits, annotations: {argocd.argoproj.io/tracking-id: x},"));
    kept.settle();
    kept.draw(0, Words.drawn(2, 2, 0));
    kept.now = kept.now.plusSeconds(60);

    assertThat(kept.settle()).isEqualTo(new Rest(Duration.ZERO));
  }

  @Test
  void aFinishedJobWhoseTimeIsChangedIsStillComplete() {
    world.settle();
    world.draw(0, Words.drawn(2, 2, 0));
    var job = world.job;
    job.setSpec(Specs.with(job.getSpec(), 7_200, false));
    job.getMetadata().setGeneration(2L);

    assertThat(world.settle()).isInstanceOf(Rest.class);

    assertThat(world.status().conditions())
        .filteredOn(one -> List.of("Ready", "Complete").contains(one.getType()))
        .hasSize(2)
        .allMatch(one -> one.getStatus().equals("True") && one.getObservedGeneration() == 2);
  }

  @Test
  void aFailedJobWhoseTimeIsChangedHasStillFailed() {
    world.settle();
    world.draw(42, Optional.empty());
    var job = world.job;
    job.setSpec(Specs.with(job.getSpec(), 7_200, false));
    job.getMetadata().setGeneration(2L);

    assertThat(world.settle()).isInstanceOf(Rest.class);

    assertThat(world.status().conditions())
        .filteredOn(one -> List.of("Failed", "Stalled").contains(one.getType()))
        .hasSize(2)
        .allMatch(one -> one.getStatus().equals("True") && one.getObservedGeneration() == 2);
  }

  private static GenerationWorld expiring(GenerationJob job) {
    job.setSpec(Specs.with(job.getSpec(), 60, false));
    return new GenerationWorld(job);
  }
}
