package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films that were prepared, and what a video model learns from them. */
class TrainVideoStageTest {

  @TempDir private static Path root;
  private static VideoTrainBench bench;

  @BeforeAll
  static void prepareFilms() throws IOException {
    bench = VideoTrainBench.prepared(root);
  }

  @BeforeEach
  void forgetTrainings() {
    bench.anew().computing(0, "Float32");
  }

  @Test
  void adaptersLearnTheFilmsInSmallAndThenInLarge() throws IOException {
    var training = VideoTrainings.lora().low(30, 0.25).high(20, 0.25).judged(10, 9).input();

    var ended = bench.train(training);

    var curve = curve();
    assertThat(curve.rounds())
        .extracting(VideoCurve.Round::step)
        .containsExactly(10, 20, 30, 40, 50);
    assertThat(loss(curve, 30)).isLessThan(loss(curve, 10));
    assertThat(loss(curve, 50)).isLessThan(loss(curve, 40));
    assertThat(curve.heldOut()).as("of five clips; two pictures are too few").isEqualTo(1);
    assertThat(curve.selectedStep()).isIn(40, 50);
    assertThat(ended.words().message())
        .contains(
            "trained 50 steps, loss ",
            "; step %d is the best of 5".formatted(curve.selectedStep()));
    assertThat(ended.words().evaluation().selectedStep()).isEqualTo(curve.selectedStep());
    assertThat(bench.activities()).last().isEqualTo("training stage high (2 of 2)");
    assertThat(bench.store().list(Bench.PREFIX + "/train/rounds")).isEmpty();
  }

  @Test
  void whatIsPublishedOpensForSamplingAndDrawsOtherFlows() throws IOException {
    for (var training : List.of(VideoTrainings.lora(), VideoTrainings.full())) {
      bench.anew().train(training.low(4, 0).input());

      var tuned = TunedFiles.of(bench.store(), bench.published());
      var base = flow(WanFiles.of(VideoTrainBench.MODEL));
      assertThat(flow(TunedVideo.files(bench.base(), tuned))).isNotEqualTo(base);
    }
  }

  @Test
  void adaptersAreADiffusersFileThatSaysItsRankAndWhereItComesFrom() throws IOException {
    bench.train(VideoTrainings.lora().low(2, 0).input());

    var file = SafeTensorsFile.open(bench.published(VideoTrainBench.ADAPTERS));
    assertThat(file.names())
        .contains(
            "transformer.blocks.0.attn1.to_q.lora_A.weight",
            "transformer.blocks.1.attn2.to_out.0.lora_B.weight",
            "transformer.blocks.1.ffn.net.0.proj.lora_A.weight");
    var base = Digests.ofFolder(VideoTrainBench.MODEL);
    assertThat(file.metadata())
        .containsEntry("format", "pt")
        .containsEntry("atelier.baseModelSha256", base);
    var adapters = StageJson.json().readTree(file.metadata().get("lora_adapter_metadata"));
    assertThat(adapters.path("transformer.r").asInt()).isEqualTo(2);
    assertThat(adapters.path("transformer.lora_alpha").asInt()).isEqualTo(4);
    assertThat(bench.published().manifest().provenance())
        .containsEntry("baseModelSha256", base)
        .containsEntry("seed", "42")
        .containsEntry("captions", "FileName")
        .containsKeys("datasetSha256", "prepareVideoManifestSha256", "training", "code", "step");
  }

  @Test
  void everyWeightMovesWhereAllAreTrained() throws IOException {
    bench.train(VideoTrainings.full().low(3, 0.5).input());

    assertThat(Files.readString(bench.published("model/transformer/config.json")))
        .isEqualTo(Files.readString(VideoTrainBench.MODEL.resolve("transformer/config.json")));
    try (var torch = Torch.start(1);
        var scope = Scope.open()) {
      var trained = SafeTensorsFile.readAll(torch, bench.published(VideoTrainBench.DENOISER));
      var before = parameters(torch);
      assertThat(trained).containsOnlyKeys(before.keySet());
      for (var weight : before.entrySet()) {
        assertThat(trained.get(weight.getKey()).toFloats())
            .as(weight.getKey())
            .isNotEqualTo(weight.getValue().toFloats());
      }
    }
  }

  @Test
  void aTrainingThatWasStoppedOnBothSidesOfAPhaseEndsBitForBitAsOneThatWasNot() throws IOException {
    var training =
        VideoTrainings.lora().low(6, 0.5).high(4, 0.25).emaDecay(0.9).judged(2, 9).input();
    bench.train(training);
    var straight = bench.learned();
    bench.anew();

    var stopped = bench.fails(training, 3);
    assertThat(stopped).isInstanceOf(StageFailure.Checkpointed.class);
    assertThat(stopped.exitCode()).isEqualTo(75);
    var again = bench.fails(training, 8);
    assertThat(again).hasMessageContaining("stopped (SIGTERM) after step 8");
    var resumed = bench.train(training);

    assertThat(resumed.began()).isEqualTo(8);
    assertThat(bench.learned()).isEqualTo(straight);
    assertThat(straight).containsKeys("loss.csv", "loss.svg", "validation.json");
    var told =
        Objects.requireNonNull(Objects.requireNonNull(resumed.words().evaluation()).rounds());
    assertThat(told.steps()).as("those before it was stopped too").containsExactly(2, 4, 6, 8, 10);
    assertThat(told.front()).containsExactly(curve().selectedStep());
    assertThat(told.selectedStep()).isEqualTo(curve().selectedStep());
  }

  @Test
  void howeverItIsKilledItEndsWithTheSameWeights() throws IOException {
    for (var training :
        List.of(
            VideoTrainings.lora().low(4, 0.5).high(3, 0).checkpoints(2).judged(3, 9).input(),
            VideoTrainings.full().low(5, 0.25).checkpoints(2).keepingActivations().input())) {
      bench.anew().train(training);
      var expected = bench.learned();
      var random = new Random(7);
      for (int trial = 0; trial < 4; trial++) {
        bench.anew();
        int kills = killedUntilItEnds(training, 2 + random.nextInt(9));
        assertThat(bench.learned()).as("trial %d, %d kills", trial, kills).isEqualTo(expected);
      }
    }
  }

  @Test
  void whatIsPublishedOfAnAveragedTrainingIsTheAverage() throws IOException {
    bench.train(VideoTrainings.lora().low(4, 0).input());
    var last = bench.learned().get(VideoTrainBench.ADAPTERS);

    bench.anew().train(VideoTrainings.lora().low(4, 0).emaDecay(0.99).input());

    assertThat(bench.learned().get(VideoTrainBench.ADAPTERS)).isNotEqualTo(last);
  }

  @Test
  void trainingEndsWhenTheLossOfWhatItDoesNotSeeNoLongerFalls() throws IOException {
    // A rate that changes nothing: no round is better than the first.
    var ended = bench.train(VideoTrainings.lora().low(40, 0).rate(1e-38).judged(3, 2).input());

    assertThat(curve().steps()).isEqualTo(9);
    assertThat(curve().selectedStep()).isEqualTo(3);
    assertThat(ended.words().message())
        .contains("trained 9 steps", "training ended before step 40 as it no longer fell");
  }

  @Test
  void anEarlierPhaseNeverEndsEarly() throws IOException {
    bench.train(VideoTrainings.lora().low(9, 0).high(2, 0).rate(1e-38).judged(2, 1).input());

    assertThat(curve().steps()).isEqualTo(11);
    assertThat(curve().rounds())
        .extracting(VideoCurve.Round::step)
        .containsExactly(2, 4, 6, 8, 9, 11);
  }

  @Test
  void halfPrecisionLearnsAsWellAndKeepsItsWeightsWhole() throws IOException {
    bench.train(VideoTrainings.lora().low(20, 0.25).judged(20, 9).input());
    double exact = loss(curve(), 20);
    bench.anew().computing(0, "BFloat16");

    bench.train(VideoTrainings.lora().low(20, 0.25).judged(20, 9).input());

    assertThat(loss(curve(), 20)).isCloseTo(exact, Percentage.withPercentage(2));
  }

  @Test
  void theCurveIsATableAndADrawing() throws IOException {
    bench.train(VideoTrainings.lora().low(3, 0).high(2, 0).judged(2, 9).input());

    var table = Files.readAllLines(bench.published("loss.csv"));
    assertThat(table.get(0)).isEqualTo("step,stage,loss,validation loss");
    assertThat(table).hasSize(6);
    assertThat(table.get(1)).matches("1,low,\\d+\\.\\d{6},");
    assertThat(table.get(2)).matches("2,low,\\d+\\.\\d{6},\\d+\\.\\d{6}");
    assertThat(table.get(5)).startsWith("5,high,");
    assertThat(Files.readString(bench.published("loss.svg")))
        .contains("loss of ana over its steps", "<polyline", "<circle");
  }

  private int killedUntilItEnds(VideoTrainingInput training, int survives) throws IOException {
    var store = LimitedStore.killing(bench.store(), survives);
    for (int kills = 0; kills < 30; kills++) {
      try {
        bench.train(training, store, Integer.MAX_VALUE);
        return kills;
      } catch (LimitedStore.Killed e) {
        store.failAfter(survives + kills);
      }
    }
    throw new AssertionError("no pod gets further");
  }

  private static VideoCurve curve() throws IOException {
    return StageJson.json()
        .readValue(bench.published("validation.json").toFile(), VideoCurve.class);
  }

  private static double loss(VideoCurve curve, int step) {
    return curve.rounds().stream()
        .filter(round -> round.step() == step)
        .findFirst()
        .orElseThrow()
        .loss();
  }

  private static float[] flow(WanFiles files) {
    try (var torch = Torch.start(1);
        var scope = Scope.open();
        var model = files.transformer(torch, Storage.MAPPED, Residence.RESIDENT);
        var generator = torch.generator(9)) {
      return model
          .forward(
              generator.randn(1, 4, 2, 4, 6),
              torch.tensor(new float[] {500}, 1),
              generator.randn(1, 8, 32))
          .toFloats();
    }
  }

  private static Map<String, Tensor> parameters(Torch torch) {
    return SafeTensorsFile.readAll(
        torch, VideoTrainBench.MODEL.resolve("transformer/diffusion_pytorch_model.safetensors"));
  }
}
