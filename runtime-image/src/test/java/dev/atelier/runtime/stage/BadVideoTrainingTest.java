package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not fit together, and what the stage says about it before it trains. */
class BadVideoTrainingTest {

  private static final String PREPARED = Bench.PREFIX + "/preparevideo/manifest.json";

  @TempDir private static Path root;
  private static VideoTrainBench bench;
  private static byte[] manifest;

  @BeforeAll
  static void prepareFilms() throws IOException {
    bench = VideoTrainBench.prepared(root);
    manifest = bench.store().read(PREPARED).orElseThrow();
  }

  @BeforeEach
  void asPrepared() {
    bench.anew().store().put(PREPARED, manifest);
  }

  @Test
  void latentsOfAnotherAutoencoderAreRefusedWithBothDigests() throws IOException {
    var config = root.resolve("models/wan/vae/config.json");
    var before = Files.readString(config);
    var made = index().latentEncoder();
    Files.writeString(config, before + "\n");
    try {
      assertThat(refused(VideoTrainings.lora().low(1, 0)))
          .contains("the latents were made with another autoencoder")
          .contains(made, WanEncoders.latentSha256(FolderDigest.of(root.resolve("models/wan"))))
          .contains("raise spec.runNonce");
    } finally {
      Files.writeString(config, before);
    }
  }

  @Test
  void captionsOfAnotherTextEncoderAreRefused() throws IOException {
    publish(
        index ->
            new LatentIndex(
                index.schema(),
                index.latentEncoder(),
                "c".repeat(64),
                index.shapes(),
                index.clips()));

    assertThat(refused(VideoTrainings.lora().low(1, 0)))
        .contains("the caption embeddings were made with another text encoder")
        .contains(
            "c".repeat(64), WanEncoders.captionSha256(FolderDigest.of(root.resolve("models/wan"))));
  }

  @Test
  void aSizeThatWasNotPreparedIsNamedBesideThoseThatWere() throws IOException {
    assertThat(refused(VideoTrainings.lora().low(1, 0).phase("long", 64, 32, 13, 1, 0)))
        .contains("training stage 'long' wants clips of 64x32 and 13 frames")
        .contains("prepared are 'low' 64x32 with 9 frames, 'high' 128x64 with 25 frames");
  }

  @Test
  void aSetWithoutClipsIsRefused() throws IOException {
    publish(index -> with(index, List.of()));

    assertThat(refused(VideoTrainings.lora().low(1, 0))).contains("latents.json lists no clips");
  }

  @Test
  void picturesThatAreAskedForAndNotThereAreMissed() throws IOException {
    publish(index -> with(index, index.clips().stream().filter(entry -> !entry.image()).toList()));

    assertThat(refused(VideoTrainings.lora().low(1, 0).high(1, 0.3)))
        .contains("training stage 'high' has imageFraction 0.3, but there are no pictures")
        .contains("add some to spec.dataset.images or change imageFraction");
  }

  @Test
  void clipsThatWereStoredAsTheyAreCannotBeTrainedOn() throws IOException {
    bench.store().delete(PREPARED);
    var stored =
        new StageFolder(
            bench.store(), new Bench(root).file(Films.files(1)), "preparevideo", Bench.CLOCK);
    stored.put("clips.json", new byte[] {'[', ']'}, "application/json");
    stored.publish(
        Map.of(), TerminationMessage.of(TerminationMessage.Result.Succeeded, "ClipsAccepted", ""));

    assertThat(refused(VideoTrainings.lora().low(1, 0)))
        .contains("lists no latents.json: the clips were prepared without latents");
  }

  @Test
  void aBatchThatNoMemoryHoldsEndsWith43BeforeItBeginsAndSaysWhatToLower() throws IOException {
    var failed = bench.fails(VideoTrainings.lora().low(1, 0).batch(2_000_000_000).input(), 99);

    assertThat(failed.exitCode()).isEqualTo(43);
    assertThat(failed.getMessage())
        .containsPattern("training needs [\\d.]+ GiB at its peak")
        .contains("lower training.batchSize 2000000000", "shorten or shrink training.stages 'low'");
  }

  @Test
  void aRateThatBreaksTheWeightsEndsWith44AndNamesTheLastGoodCheckpoint() throws IOException {
    // Without gradient in its first, warming step; the second breaks every weight.
    var failed = bench.fails(VideoTrainings.lora().low(9, 0).rate(1e38).checkpoints(1).input(), 99);

    assertThat(failed.exitCode()).isEqualTo(44);
    assertThat(failed)
        .hasMessageContaining("at step 3")
        .hasMessageContaining("the checkpoint of step 1 is kept");
  }

  @Test
  void aModelOfAnotherKindIsNotTunedAsAVideoModel() throws IOException {
    var index = root.resolve("models/wan/model_index.json");
    var before = Files.readString(index);
    Files.writeString(index, before.replaceAll("Wan\\w*Pipeline", "CogVideoXPipeline"));
    try {
      var failed = bench.fails(VideoTrainings.lora().low(1, 0).input(), 99);
      assertThat(failed).isInstanceOf(StageFailure.NotSupported.class);
      assertThat(failed)
          .hasMessageContaining("is no Wan pipeline by its model_index.json")
          .hasMessageContaining("use a DiffusionRuntime of family Wan");
    } finally {
      Files.writeString(index, before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps | training.stages 'low'.steps is 0, it must be at least 1",
        "rate | training.learningRate is 0.0, it must be a number above 0",
        "average | training.emaDecay is 1.0, it must be between 0 and 1",
        "shift | training.timestepShift is 0.0, it must be above 0",
        "targets | a video denoiser has no convolutions in its blocks; add Attention or FeedForward",
        "stages | training.stages is empty",
        "nodes | training.nodes is 3, it must be a divisor of batchSize x gradientAccumulation (2 x 2)",
      })
  void aKnobThatCannotBeTrainedWithIsNamedWithItsRule(String knob, String message) {
    var training =
        switch (knob) {
          case "steps" -> VideoTrainings.lora().low(0, 0);
          case "rate" -> VideoTrainings.lora().low(1, 0).rate(0);
          case "average" -> VideoTrainings.lora().low(1, 0).emaDecay(1);
          case "shift" -> VideoTrainings.lora().low(1, 0).uniform(0);
          case "nodes" -> VideoTrainings.lora().low(1, 0).nodes(3);
          case "targets" -> VideoTrainings.lora().low(1, 0).targets("Convolution");
          default -> VideoTrainings.lora();
        };

    assertThatThrownBy(() -> VideoTrainingRules.check(training.input()))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void aPodThatKnowsOfNoOthersDoesNotTrainAlone() throws IOException {
    assertThat(refused(VideoTrainings.lora().low(1, 0).nodes(2)))
        .contains(
            "training.nodes is 2, but by the pod's environment (WORLD_SIZE) 1 train together");
  }

  @Test
  void aMethodThatIsNotThereIsNamedBesideThoseThatAre() throws IOException {
    assertThat(refused(VideoTrainings.by("DreamBooth").low(1, 0)))
        .contains("'DreamBooth' is not known; this release tunes video models with LoRA and Full");
  }

  private static String refused(VideoTrainings training) throws IOException {
    return refused(training.input());
  }

  private static String refused(VideoTrainingInput training) throws IOException {
    var failed = bench.fails(training, 99);
    assertThat(failed.exitCode()).isEqualTo(42);
    return failed.getMessage();
  }

  private static LatentIndex index() throws IOException {
    var published = StageFolder.read(bench.store(), PREPARED).orElseThrow();
    var file = published.manifest().file("latents.json").orElseThrow();
    return LatentIndex.read(Files.readAllBytes(StageFolder.open(bench.store(), file)));
  }

  /** Publishes the set with another index. */
  private static void publish(UnaryOperator<LatentIndex> change) throws IOException {
    var changed = change.apply(index());
    var published = StageFolder.read(bench.store(), PREPARED).orElseThrow().manifest();
    var folder =
        new StageFolder(
            bench.store(),
            new Bench(root).attempt(2).file(Films.latents(1)),
            "preparevideo",
            Bench.CLOCK);
    published.files().forEach(folder::adopt);
    folder.put("latents.json", changed.json(), "application/json");
    folder.publish(published.provenance(), published.words());
  }

  private static LatentIndex with(LatentIndex index, List<LatentIndex.Entry> clips) {
    return new LatentIndex(
        index.schema(), index.latentEncoder(), index.captionEncoder(), index.shapes(), clips);
  }
}
