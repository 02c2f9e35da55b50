package dev.atelier.operator.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.RetriesStatus;
import dev.atelier.operator.generation.GenerationDecision.Follow;
import dev.atelier.operator.generation.GenerationDecision.Launch;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.generation.GenerationDecision.Wait;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of a GenerationJob, decision by decision, without a cluster. */
class GenerationStoriesTest {

  private final GenerationWorld world = new GenerationWorld(Resources.generation());

  @Test
  void aJobWaitsForItsModelAndStartsWhenThatIsReady() {
    world.model = Optional.empty();
    assertThat(world.settle()).isInstanceOf(Wait.class);
    assertThat(world.ready()).isEqualTo("False ModelNotReady");
    assertThat(world.status().observedGeneration()).isEqualTo(1);
    world.model = Optional.of(Resources.model());
    world.settle();
    assertThat(world.message()).contains("'ana' is not Ready");
    assertThat(world.status().run()).as("nothing to erase yet").isNull();

    world.model = Optional.of(GenerationWorld.published("artifacts"));
    world.settle();

    assertThat(world.currentJob()).startsWith("suits-sample-r1-");
    assertThat(world.status().run().runtime()).isEqualTo("sd15");
  }

  @Test
  void picturesAreDrawnOnceAndNeverAgain() {
    world.settle();
    world.draw(0, Words.drawn(2, 1, 1));
    assertThat(world.ready()).isEqualTo("True Published");
    assertThat(world.holds(ConditionType.Complete)).isTrue();
    assertThat(world.status().samples().blocked()).isEqualTo(1);
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(10);
    assertThat(world.status().artifacts())
        .extracting(ArtifactStatus::uri)
        .allMatch(uri -> uri.startsWith("pvc://artifacts/"));

    world.jobs.delete(world.jobs.jobs().get(0).getMetadata().getName());
    world.job.getMetadata().setGeneration(7L);
    world.model = Optional.of(Resources.model());

    assertThat(world.settle()).isInstanceOf(Rest.class);
    assertThat(world.jobs.jobs()).isEmpty();
    assertThat(world.status().observedGeneration()).isEqualTo(7);
  }

  @Test
  void aModelThatIsTrainedAgainDoesNotDisturbPicturesBeingDrawn() {
    world.settle();
    world.jobs.start(world.currentJob(), world.now);
    world.model = Optional.of(Resources.model());
    assertThat(world.settle()).isInstanceOf(Follow.class);
    world.draw(0, Words.drawn(2, 2, 0));

    assertThat(world.ready()).isEqualTo("True Published");
  }

  @Test
  void aModelPublishedElsewhereIsNotReplacedByTheBaseModel() {
    world.model = Optional.of(GenerationWorld.published("other"));
    world.settle();

    assertThat(world.ready()).isEqualTo("False ModelNotReady");
    assertThat(world.message()).contains("pvc://other/").contains("storage pvc://artifacts");
    assertThat(world.jobs.jobs()).isEmpty();
  }

  @Test
  void aVideoGeneratorIsWaitedForAndThenDrawsClips() {
    var clips = filming("");
    assertThat(clips.settle()).isInstanceOf(Wait.class);
    assertThat(clips.ready()).isEqualTo("False ModelNotReady");
    assertThat(clips.message())
        .isEqualTo("there is no VideoGenerator 'clips' in this namespace yet");
    clips.video = Optional.of(Resources.videoOfTheBaseModel());
    clips.settle();
    assertThat(clips.message())
        .isEqualTo("VideoGenerator 'clips' is not Ready: nothing has been started yet");

    clips.video = Optional.of(GenerationWorld.filming());
    clips.settle();
    assertThat(clips.currentJob()).startsWith("suits-sample-r1-");
    clips.draw(0, Words.drawn(2, 2, 0));

    assertThat(clips.ready()).isEqualTo("True Published");
    assertThat(clips.status().samples().produced()).isEqualTo(2);
  }

  @Test
  void whatWasFilmedBeforeAFailureIsCalledClips() {
    var clips = filming("\n  parallelism: 2");
    clips.video = Optional.of(GenerationWorld.filming());
    clips.settle();
    var job = clips.currentJob();
    clips.jobs.start(job, clips.now);
    clips.jobs.endPod(job, 0, "Completed", Words.drawn(2, 2, 0), clips.now);
    clips.jobs.start(job, clips.now);
    clips.jobs.end(job, 42, Words.failed("BadInput", "no such scheduler"), clips.now);
    clips.settle();

    assertThat(clips.message()).isEqualTo("no such scheduler; 2 clips are drawn and kept");
  }

  @Test
  void aTrainedVideoGeneratorIsNotReplacedByItsBaseModel() {
    var clips = filming("");
    clips.video = Optional.of(GenerationWorld.filmingTrained("other"));
    clips.settle();

    assertThat(clips.ready()).isEqualTo("False ModelNotReady");
    assertThat(clips.message()).contains("VideoGenerator 'clips' is published at pvc://other/");
    assertThat(clips.jobs.jobs()).isEmpty();
  }

  @Test
  void clipsOfAModelThatDrawsPicturesStall() {
    var base =
        new GenerationWorld(
            Resources.generation(
                "kind: HeadshotModel, name: ana}",
                "kind: DiffusionRuntime, name: sd15}\n  video: {frames: 17}"));
    base.settle();

    assertThat(base.ready()).isEqualTo("False NotSupported");
    assertThat(base.message()).contains("the model draws pictures, not clips");
    assertThat(base.holds(ConditionType.Stalled)).isTrue();
  }

  @Test
  void enlargementWaitsForANetworkOfTheRuntime() {
    var clips = filming("\n  upscale: {factor: 2}");
    clips.video = Optional.of(GenerationWorld.filming());
    clips.settle();
    assertThat(clips.ready()).isEqualTo("False RuntimeNotReady");
    assertThat(clips.message()).contains("set spec.upscaler of the DiffusionRuntime");

    clips.runtime = enlarging();
    clips.settle();

    assertThat(clips.currentJob()).isNotEmpty();
  }

  @Test
  void picturesAreEnlargedToo() {
    var large =
        new GenerationWorld(
            Resources.generation(
                "samplesPerPrompt: 2", "samplesPerPrompt: 2\n  upscale: {factor: 2}"));
    large.settle();
    assertThat(large.ready()).isEqualTo("False RuntimeNotReady");
    assertThat(large.message()).contains("set spec.upscaler of the DiffusionRuntime");

    large.runtime = enlarging();
    large.settle();

    assertThat(large.currentJob()).isNotEmpty();
  }

  @Test
  void clipsBeginWithNoPictureOfTheirOwnAndSkipNoLayers() {
    var begun = filming("\n  imageToImage: {source: {pvc: {claimName: sketches}}}");
    begun.video = Optional.of(GenerationWorld.filming());
    begun.settle();
    assertThat(begun.ready()).isEqualTo("False NotSupported");
    assertThat(begun.message()).contains("begin its clips with video.firstFrames");

    var skipping = filming("\n  sampler: {clipSkip: 1}");
    skipping.video = Optional.of(GenerationWorld.filming());
    skipping.settle();
    assertThat(skipping.ready()).isEqualTo("False NotSupported");
    assertThat(skipping.message()).contains("create the job without sampler.clipSkip");
  }

  @Test
  void shardsAddUp() {
    var shards =
        new GenerationWorld(
            Resources.generation("samplesPerPrompt: 2", "samplesPerPrompt: 2\n  parallelism: 3"));
    shards.settle();
    var job = shards.currentJob();
    for (int i = 0; i < 3; i++) {
      shards.jobs.start(job, shards.now);
      shards.jobs.endPod(job, 0, "Completed", Words.drawn(2, 2, 0), shards.now);
    }
    shards.jobs.conclude(job, 0, shards.now);
    shards.settle();

    assertThat(shards.status().samples().produced()).isEqualTo(6);
    assertThat(shards.message()).isEqualTo("6 of 6 pictures drawn, 0 blocked");
    assertThat(shards.jobs.jobs().get(0).getSpec().getCompletionMode()).isEqualTo("Indexed");
  }

  @Test
  void whatWasDrawnBeforeAFailureIsStillShown() {
    var shards =
        new GenerationWorld(
            Resources.generation("samplesPerPrompt: 2", "samplesPerPrompt: 2\n  parallelism: 2"));
    shards.settle();
    var job = shards.currentJob();
    shards.jobs.start(job, shards.now);
    shards.jobs.endPod(job, 0, "Completed", Words.drawn(2, 2, 0), shards.now);
    shards.jobs.start(job, shards.now);
    shards.jobs.end(job, 42, Words.failed("BadInput", "no such prompt"), shards.now);
    shards.settle();

    assertThat(shards.ready()).isEqualTo("False BadInput");
    assertThat(shards.holds(ConditionType.Failed)).isTrue();
    assertThat(shards.holds(ConditionType.Stalled)).isTrue();
    assertThat(shards.status().samples().produced()).isEqualTo(2);
    assertThat(shards.message()).isEqualTo("no such prompt; 2 pictures are drawn and kept");
    assertThat(shards.status().artifacts()).isNotEmpty();
  }

  @Test
  void aLostResultIsDrawnAgainButNotForEver() {
    world.settle();
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(world.status().run().attempt()).isEqualTo(attempt);
      var job = world.currentJob();
      world.jobs.conclude(job, 0, world.now);
      world.now = world.now.plusSeconds(31);
      world.settle();
    }

    assertThat(world.ready()).isEqualTo("False RetriesExhausted");
  }

  @Test
  void failedTriesAreInTheStatusUntilTheyAreOver() {
    world.settle();
    world.draw(1, Words.failed("StorageUnavailable", "s3 does not answer"));
    assertThat(world.status().run().retries())
        .isEqualTo(
            new RetriesStatus(
                1, 2, "StorageUnavailable", "s3 does not answer", world.now.plusSeconds(10)));

    world.draw(0, Words.drawn(2, 2, 0));
    assertThat(world.status().run().retries())
        .isEqualTo(new RetriesStatus(1, 2, "StorageUnavailable", "s3 does not answer", null));
  }

  @Test
  void suspendGivesTheGpuBackAndResumeGoesOn() {
    world.settle();
    var name = world.currentJob();
    world.jobs.start(name, world.now);
    world.now = world.now.plusSeconds(90);
    suspend(true);
    world.settle();
    assertThat(world.ready()).isEqualTo("False Suspended");
    assertThat(world.jobs.jobs()).isEmpty();
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(90);

    suspend(false);
    assertThat(world.reconcile()).isInstanceOf(Launch.class);
    assertThat(world.currentJob()).isEqualTo(name);
    assertThat(world.holds(ConditionType.Suspended)).isFalse();
  }

  private static GenerationWorld filming(String more) {
    var world =
        new GenerationWorld(
            Resources.generation(
                "kind: HeadshotModel, name: ana}", "kind: VideoGenerator, name: clips}" + more));
    world.model = Optional.empty();
    return world;
  }

  private void suspend(boolean suspend) {
    world.job.setSpec(Specs.with(world.job.getSpec(), null, suspend));
  }

  private static Optional<DiffusionRuntime> enlarging() {
    return Optional.of(
        Resources.runtime(
            "precision: Float32",
            "precision: Float32\n  upscaler: {source: {image: {path: /models/esrgan}}}"));
  }
}
