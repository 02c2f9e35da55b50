package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.evaluate.TinyFeatureModels;
import dev.atelier.runtime.gallery.Report;
import dev.atelier.runtime.perception.TinyClipNetwork;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evaluation compares what it draws with the clips that its run prepared. */
class RealClipsTest {

  private static final ClipInput NINE = ClipInput.plain(9, 24);
  private static final List<GateInput> NEAR =
      List.of(
          new GateInput("FrechetVideo", null, 1e9), new GateInput("FrechetInception", null, 1.0));

  @TempDir private Path root;

  @Test
  void aTunedModelAndItsBaseAreComparedWithTheClipsThatTrainingKeptBack() throws IOException {
    var training = VideoTrainings.lora().rate(5e-2).low(3, 0).judged(3, 1).input();
    VideoTrainBench.prepared(root).train(training);
    var bench = new Bench(root);

    var ended = bench.run(evaluate(training, NINE, NEAR, 0));

    assertThat(ended.words().message())
        .contains("FrechetInception was not measured: no model is configured")
        .doesNotContain("FrechetVideo");
    assertThat(ended.words().evaluation().metrics())
        .extracting(NamedValue::name)
        .contains("FrechetVideo");
    var row = row(bench, ended);
    assertThat(row.value()).isPositive();
    assertThat(row.baseline()).isPositive().isNotEqualTo(row.value());
    assertThat(row.explanation())
        .contains("2 clips, 5 real clips (decoded from the latents of training stage 'high'")
        .contains("128x64, 1 of them not seen by training")
        .contains("of 3 features of whole clips")
        .contains("only 2 clips in the smaller set");
    assertThat(row.model())
        .matches("video [0-9a-f]{12}, triangle shorter edge 24, .*every frame.*");
  }

  @Test
  void aBaseModelIsComparedWithPreparedFiles() throws IOException {
    Films.paint(root);
    Files.delete(root.resolve("models/wan/model_index.json"));
    var bench = new Bench(root);
    bench.copy(Fixtures.folder("pipelines/wan22_ti2v_tiny"), "models/wan");
    assertThat(bench.run(Films.files(1)).exitCode()).isZero();

    var ended = bench.run(evaluate(null, NINE, NEAR.subList(0, 1), 9));

    assertThat(ended.words().evaluation().gate()).isEqualTo("Passed");
    var row = row(bench, ended);
    assertThat(row.explanation()).contains("2 clips, 5 real clips (prepared clips)");
    assertThat(row.model()).contains("the middle 9 frames");
  }

  @Test
  void withoutADatasetAGateOnADistanceFailsWithTheFieldToSet() throws IOException {
    var clips = new ClipBench(root);

    var ended = clips.bench.run(evaluate(null, ClipBench.CLIP, NEAR.subList(0, 1), 0));

    assertThat(ended.words().message())
        .contains("FrechetVideo was not measured: there are no real clips to compare with")
        .contains("spec.dataset");
  }

  @Test
  void aNetworkThatCannotReadSuchClipsEndsTheStageBeforeAnythingIsDrawn() throws IOException {
    var clips = new ClipBench(root);
    var input = evaluate(null, ClipBench.CLIP, NEAR.subList(0, 1), 0);
    // Its pixels are fixed to another size than the processor gives.
    TinyClipNetwork.write(
        root.resolve("perception/video-0/model.onnx"), List.of(0, 3, 0, 32, 32), List.of(2, 3, 4));

    var ended = clips.bench.run(input);

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().message())
        .contains("spec.perception.video of the DiffusionRuntime cannot read clips of 5 frames");
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/evaluate/clips")).doesNotExist();
  }

  /**
   * @param reads frames that the network of whole clips reads; 0 for any number
   */
  private EvaluateVideoInput evaluate(
      @Nullable VideoTrainingInput training, ClipInput clip, List<GateInput> gate, int reads)
      throws IOException {
    TinyFeatureModels.video(Files.createDirectories(root.resolve("perception")), reads);
    var drawings = Bench.DRAWINGS;
    return new EvaluateVideoInput(
        ClipBench.MODEL,
        training,
        new PromptInput(null, ClipBench.PROMPTS, null),
        ClipBench.SAMPLER,
        clip,
        List.of(),
        gate,
        new PerceptionInput(
            drawings.faceDetector(),
            drawings.faceEmbedding(),
            drawings.nudity(),
            null,
            null,
            null,
            StoreLocation.directory("/perception/video-" + reads),
            null));
  }

  private static Report.Metric row(Bench bench, Bench.Ended ended) throws IOException {
    var report =
        ended.words().artifacts().stream()
            .filter(one -> one.name().equals("evaluation"))
            .findFirst()
            .orElseThrow();
    var metrics = StageJson.json().readTree(bench.stored(report).toFile()).path("metrics");
    for (var metric : metrics) {
      if (metric.path("name").asText().equals("FrechetVideo")) {
        return StageJson.json().treeToValue(metric, Report.Metric.class);
      }
    }
    throw new AssertionError("there is no FrechetVideo in " + metrics);
  }
}
