package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainStageTest {

  private static final String ADAPTERS = "model/pytorch_lora_weights.safetensors";
  private static final String TEXT = "model/text_encoder/model.safetensors";

  @TempDir private Path root;
  private TrainBench bench;

  @BeforeEach
  void photos() {
    bench = new TrainBench(root, "r0").withPhotos();
  }

  @Test
  void thirtyStepsAreFifteenAStopAndFifteenMoreBitForBit() throws IOException {
    bench.train(Trainings.lora(30, 10));
    var adapters = bench.published(ADAPTERS);
    var text = bench.published(TEXT);
    var again = new TrainBench(root, "r1").withPhotos();

    var stopped = again.fails(Trainings.lora(30, 10), 15);
    assertThat(stopped).isInstanceOf(StageFailure.Checkpointed.class);
    assertThat(stopped.exitCode()).isEqualTo(75);
    assertThat(stopped).hasMessageContaining("stopped (SIGTERM) after step 15");
    var resumed = again.train(Trainings.lora(30, 10));

    assertThat(resumed.began()).isEqualTo(15);
    assertThat(tensors(again.published(ADAPTERS))).isEqualTo(tensors(adapters));
    assertThat(tensors(again.published(TEXT))).isEqualTo(tensors(text));
  }

  @Test
  void everyAdapterLearnsSomething() throws IOException {
    bench.train(Trainings.lora(2, 10));

    try (var torch = Torch.start(1)) {
      var adapters = SafeTensorsFile.readAll(torch, local(ADAPTERS));
      // They start at zero, where weight decay leaves them.
      var up = adapters.entrySet().stream().filter(e -> e.getKey().endsWith(".up.weight")).toList();
      assertThat(up).isNotEmpty();
      for (var matrix : up) {
        assertThat(matrix.getValue().abs().max().item()).as(matrix.getKey()).isPositive();
      }
    }
  }

  @Test
  void aTruncatedNewestCheckpointGivesWayToTheOneBefore() throws IOException {
    bench.train(Trainings.lora(20, 5));
    var uninterrupted = bench.published(ADAPTERS);
    var again = new TrainBench(root, "r1").withPhotos();
    again.fails(Trainings.lora(20, 5), 12);

    truncate(again.prefix() + "/train/checkpoints/step-000012/state.safetensors");
    var resumed = again.train(Trainings.lora(20, 5));

    assertThat(resumed.began()).isEqualTo(10);
    assertThat(tensors(again.published(ADAPTERS))).isEqualTo(tensors(uninterrupted));
  }

  @Test
  void aLossThatIsNoNumberEndsWith44AndNamesTheLastGoodCheckpoint() throws IOException {
    var diverged = bench.fails(Trainings.exploding(), Integer.MAX_VALUE);

    assertThat(diverged).isInstanceOf(StageFailure.Diverged.class);
    assertThat(diverged.exitCode()).isEqualTo(44);
    assertThat(diverged)
        .hasMessageContaining("at step 3")
        .hasMessageContaining("the checkpoint of step 1 is kept")
        .hasMessageContaining("Lower training.learningRate");
    assertThat(keys(bench.prefix() + "/train/checkpoints"))
        .containsExactly("step-000001/manifest.json", "step-000001/state.safetensors");
  }

  @Test
  void anotherRunOfTheResourceReusesThePriorImages() throws IOException {
    bench.train(Trainings.lora(1, 10));
    var drawn = bench.store.list(TrainBench.RESOURCE + "/prior");
    assertThat(drawn).hasSize(1);
    var file = bench.store.local(drawn.get(0).key()).orElseThrow();
    var before = Files.getAttribute(file, "unix:ino");

    new TrainBench(root, "r1").withPhotos().train(Trainings.dreamBooth(1));

    assertThat(bench.store.list(TrainBench.RESOURCE + "/prior")).isEqualTo(drawn);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
  }

  @Test
  void aResultSaysWhereItComesFrom() throws IOException {
    bench.train(Trainings.lora(1, 10));

    var base = Digests.ofFolder(TrainBench.MODEL);
    assertThat(bench.published().manifest().provenance())
        .containsEntry("baseModelSha256", base)
        .containsEntry("baseModelLicense", "Apache-2.0")
        .containsEntry("seed", "42")
        .containsEntry("photos", "3")
        .containsKeys("datasetSha256", "training", "code");
    for (var name : List.of(ADAPTERS, TEXT)) {
      assertThat(SafeTensorsFile.open(local(name)).metadata())
          .containsEntry("atelier.baseModelSha256", base)
          .containsEntry("format", "pt");
    }
  }

  @Test
  void everyMethodsResultDrawsOtherPicturesThanTheBaseModel() throws IOException {
    for (var training :
        List.of(Trainings.lora(4, 10), Trainings.dreamBooth(4), Trainings.inversion(4))) {
      bench.train(training);

      assertThat(bench.drawn("photo of a sks person", true))
          .as(training.method())
          .isNotEqualTo(bench.drawn("photo of a sks person", false));
    }
  }

  @Test
  void aLearntTokenChangesNothingWhereItIsNotNamed() throws IOException {
    bench.train(Trainings.inversion(4));

    assertThat(bench.drawn("a photo of a person", true))
        .isEqualTo(bench.drawn("a photo of a person", false));
    try (var torch = Torch.start(1)) {
      var learnt = SafeTensorsFile.readAll(torch, local("model/learned_embeds.safetensors"));
      assertThat(learnt).containsOnlyKeys("sks");
      assertThat(learnt.get("sks").shape()).containsExactly(2, 32);
    }
  }

  @Test
  void offsetNoiseAveragesAndRecomputationEachSurviveAStop() throws IOException {
    var training =
        Trainings.loraOf(6).noiseOffset(0.1).emaDecay(0.9).gradientCheckpointing().input();
    bench.train(training);
    var again = new TrainBench(root, "r1").withPhotos();

    again.fails(training, 3);
    again.train(training);

    assertThat(tensors(again.published(ADAPTERS))).isEqualTo(tensors(bench.published(ADAPTERS)));
  }

  @Test
  void whatIsPublishedOfAnAveragedTrainingIsTheAverage() throws IOException {
    bench.train(Trainings.loraOf(4).input());
    var last = tensors(bench.published(ADAPTERS));
    var again = new TrainBench(root, "r1").withPhotos();
    again.train(Trainings.loraOf(4).emaDecay(0.99).input());

    assertThat(tensors(again.published(ADAPTERS))).isNotEqualTo(last);
  }

  @Test
  void withoutMirrorImagesAnotherModelComesOut() throws IOException {
    bench.train(Trainings.loraOf(2).input());
    var again = new TrainBench(root, "r1").withPhotos();
    again.train(Trainings.loraOf(2).withoutFlip().input());

    assertThat(tensors(again.published(ADAPTERS))).isNotEqualTo(tensors(bench.published(ADAPTERS)));
  }

  @Test
  void photosOfSeveralShapesAreLearnedShapeByShapeAndSurviveAStop() throws IOException {
    var training = Trainings.loraOf(6).checkpoints(3).buckets().input();
    bench.withPhotosOfSeveralShapes().train(training);
    var again = new TrainBench(root, "r1").withPhotosOfSeveralShapes();

    again.fails(training, 3);
    again.train(training);

    assertThat(tensors(again.published(ADAPTERS))).isEqualTo(tensors(bench.published(ADAPTERS)));
    assertThat(keys(TrainBench.RESOURCE + "/prior")).hasSize(3);
  }

  @Test
  void classPicturesThatMustNotBeDrawnAreNot() throws IOException {
    var training = Trainings.loraOf(1).prior("a nude person").input();

    assertThat(bench.fails(training, Integer.MAX_VALUE))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("'class picture' is refused for the word 'nude'");
  }

  @Test
  void aCropOfAnotherShapeIsRefusedWithoutBuckets() throws IOException {
    bench.withPhotosOfSeveralShapes();

    assertThat(bench.fails(Trainings.lora(1, 10), Integer.MAX_VALUE))
        .hasMessageContaining("photos/p1.png of the intake stage is no picture of 64 x 64 pixels");
  }

  @Test
  void withoutTheCropsOfIntakeThereIsNothingToTrainOn() throws IOException {
    var refused = new TrainBench(root, "r7").fails(Trainings.lora(1, 10), Integer.MAX_VALUE);

    assertThat(refused.exitCode()).isEqualTo(42);
    assertThat(refused).hasMessageContaining("intake has not published anything");
  }

  private static String tensors(byte[] file) {
    return TensorBytes.digest(file);
  }

  private Path local(String name) {
    var stored = bench.published().manifest().file(name).orElseThrow();
    return bench.store.local(stored.path()).orElseThrow();
  }

  private List<String> keys(String prefix) {
    return bench.store.list(prefix).stream()
        .map(ArtifactStore.Entry::key)
        .map(key -> key.substring(prefix.length() + 1))
        .toList();
  }

  private void truncate(String key) throws IOException {
    var file = bench.store.local(key).orElseThrow();
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }
}
