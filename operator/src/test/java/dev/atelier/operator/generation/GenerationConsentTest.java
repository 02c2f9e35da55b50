package dev.atelier.operator.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionType;
import dev.atelier.operator.generation.GenerationDecision.Expire;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pictures of a person stay no longer than the person's consent to the model. */
class GenerationConsentTest {

  private static final Instant ONE = Resources.NOON.plus(Duration.ofHours(1));

  private final GenerationWorld world = new GenerationWorld(Resources.generation());

  @Test
  void picturesAreErasedOnTheDayThatTheConsentEnds() {
    consentUntil(ONE);
    drawn();
    assertThat(world.recheck()).hasValue(Duration.between(world.now, ONE));
    world.now = ONE;
    world.settle();

    assertThat(world.ready()).isEqualTo("False Erasing");
    assertThat(world.message()).startsWith("the consent of HeadshotModel 'ana' ended on " + ONE);
    assertThat(world.currentJob()).startsWith("suits-erase-r1-");
    world.draw(0, Words.done("erased 3 files, 90 bytes; receipt receipts/suits.json"));
    assertForgotten();
    assertThat(world.message()).contains("receipt receipts/suits.json");
  }

  @Test
  void aJobThatDrawsIsStoppedBeforeAnythingIsErased() {
    consentUntil(ONE);
    world.settle();
    var drawing = world.currentJob();
    world.jobs.start(drawing, world.now);
    world.now = ONE;
    world.reconcile();
    assertThat(world.jobs.jobs()).as("stopped, nothing else").isEmpty();
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(3600);

    world.settle();
    assertThat(world.currentJob()).contains("-erase-");
    world.draw(0, Words.done("erased 1 files"));
    assertForgotten();
    assertThat(world.status().run().finishedAt()).isNotNull();
  }

  @Test
  void aSuspendedJobIsErasedAsWell() {
    consentUntil(ONE);
    world.settle();
    world.job.setSpec(Specs.with(world.job.getSpec(), null, true));
    world.settle();
    assertThat(world.recheck()).hasValue(Duration.ofHours(1));
    world.now = ONE;
    world.settle();

    assertThat(world.currentJob()).contains("-erase-");
  }

  @Test
  void aJobThatHasNotStartedWaitsForARenewedConsent() {
    consentUntil(Resources.NOON);
    world.settle();
    assertThat(world.ready()).isEqualTo("False ConsentExpired");
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
    assertThat(world.status().run()).as("nothing to erase").isNull();
    assertThat(world.jobs.jobs()).isEmpty();

    consentUntil(ONE);
    world.settle();
    assertThat(world.currentJob()).contains("-sample-");
    assertThat(world.holds(ConditionType.Stalled)).isFalse();
  }

  @Test
  void theConsentEndsWithTheModelThatCarriesIt() {
    drawn();
    world.model.orElseThrow().getMetadata().setDeletionTimestamp(world.now.toString());
    world.settle();
    assertThat(world.message())
        .startsWith("HeadshotModel 'ana' is deleted, and the consent with it");
    assertThat(world.currentJob()).contains("-erase-");

    world.model = Optional.empty();
    world.draw(0, Words.done("erased 3 files"));
    assertForgotten();
  }

  @Test
  void anotherModelOfTheSameNameIsAnotherConsent() {
    drawn();
    var other = GenerationWorld.published("artifacts");
    other.getMetadata().setUid("9e9e9e9e-0000-0000-0000-000000000000");
    world.model = Optional.of(other);
    world.settle();

    assertThat(world.currentJob()).contains("-erase-");
  }

  @Test
  void anErasureThatBeganIsNotTakenBackByARenewedConsent() {
    consentUntil(ONE);
    drawn();
    world.now = ONE;
    world.settle();
    consentUntil(ONE.plus(Duration.ofDays(365)));
    world.settle();
    assertThat(world.ready()).isEqualTo("False Erasing");
    world.draw(0, Words.done("erased 3 files"));

    assertForgotten();
    assertThat(world.settle()).isInstanceOf(Rest.class);
  }

  @Test
  void anErasureThatFailsIsSaidAndTriedAgain() {
    consentUntil(ONE);
    drawn();
    world.now = ONE;
    world.settle();
    world.draw(42, Words.failed("StorageUnavailable", "refused"));
    assertThat(world.ready()).isEqualTo("False EraseFailed");
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
    assertThat(world.recheck()).hasValue(GenerationWorld.ERASE_PAUSE);
    assertThat(world.status().artifacts()).as("they are still there").isNotEmpty();

    world.now = world.now.plus(GenerationWorld.ERASE_PAUSE);
    world.settle();
    assertThat(world.ready()).isEqualTo("False Erasing");
    assertThat(world.holds(ConditionType.Stalled)).isFalse();
    world.draw(0, Words.done("erased 3 files"));
    assertForgotten();
  }

  @Test
  void withoutItsRuntimeNobodyKnowsWhereThePicturesAre() {
    consentUntil(ONE);
    drawn();
    world.runtime = Optional.empty();
    world.now = ONE;
    world.settle();
    assertThat(world.ready()).isEqualTo("False EraseFailed");
    assertThat(world.message()).contains("DiffusionRuntime 'sd15' is gone");

    world.runtime = Optional.of(Resources.runtime());
    world.settle();
    assertThat(world.currentJob()).contains("-erase-");
  }

  @Test
  void aJobThatWasErasedStillDeletesItselfAfterItsTime() {
    world.job.setSpec(Specs.with(world.job.getSpec(), 3600, false));
    consentUntil(Resources.NOON.plus(Duration.ofMinutes(10)));
    drawn();
    world.now = Resources.NOON.plus(Duration.ofMinutes(10));
    world.settle();
    world.draw(0, Words.done("erased 3 files"));
    world.now = world.now.plus(Duration.ofHours(1));

    assertThat(world.reconcile()).isInstanceOf(Expire.class);
  }

  @Test
  void clipsOfNobodyInParticularOutliveTheirModel() {
    var clips =
        new GenerationWorld(
            Resources.generation(
                "kind: HeadshotModel, name: ana}", "kind: VideoGenerator, name: clips}"));
    clips.model = Optional.empty();
    clips.video = Optional.of(GenerationWorld.filming());
    clips.settle();
    clips.draw(0, Words.drawn(2, 2, 0));
    clips.video = Optional.empty();

    assertThat(clips.settle()).isInstanceOf(Rest.class);
    assertThat(clips.ready()).isEqualTo("True Published");
  }

  private void drawn() {
    world.settle();
    world.draw(0, Words.drawn(2, 2, 0));
    assertThat(world.ready()).isEqualTo("True Published");
  }

  private void consentUntil(Instant end) {
    world.model = Optional.of(GenerationWorld.agreedUntil(end));
  }

  /** In every place, and nothing of the pictures is left in the status. */
  private void assertForgotten() {
    assertThat(world.ready()).isEqualTo("False ConsentExpired");
    assertThat(world.holds(ConditionType.PicturesErased)).isTrue();
    assertThat(world.holds(ConditionType.Failed)).isTrue();
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
    assertThat(world.holds(ConditionType.Complete)).isFalse();
    assertThat(world.status().artifacts()).isEmpty();
    assertThat(world.status().samples()).isNull();
    assertThat(world.status().usage()).as("what was used stays").isNotNull();
    assertThat(world.jobs.unfinished()).isEmpty();
  }
}
