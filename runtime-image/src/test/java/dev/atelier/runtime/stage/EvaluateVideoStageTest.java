package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video model is tried, judged and published, or not. */
class EvaluateVideoStageTest {

  @TempDir private Path root;

  @Test
  void aBaseModelIsTriedMeasuredAndPublishedAsItIs() throws IOException {
    var clips = new ClipBench(root);

    var ended = clips.bench.run(clips.evaluate(ClipBench.PROMPTS, List.of()));

    assertThat(ended.words().message()).isEqualTo("2 of 2 clips drawn");
    assertThat(ended.words().reason()).isEqualTo("Published");
    assertThat(ended.words().manifest()).endsWith("/evaluate/manifest.json");
    assertThat(ended.words().evaluation().gate()).isEqualTo("None");
    assertThat(ended.words().evaluation().metrics())
        .extracting(NamedValue::name)
        .containsExactly("Flicker", "Motion", "RepeatedFrames");
    assertThat(ended.words().artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .containsExactly("gallery", "evaluation");
    assertThat(page(clips.bench, ended))
        .contains("data:video/mp4;base64,", "a photo of a red cat, 8k", "No gate")
        .doesNotContain("base model</b>");
  }

  @Test
  void aModelThatTheGateRefusesIsNotPublishedAndCanBeLookedAt() throws IOException {
    var clips = new ClipBench(root);
    var gate = List.of(new GateInput("Flicker", null, 1e-6), new GateInput("ClipText", 0.2, null));

    var ended = clips.bench.run(clips.evaluate(ClipBench.PROMPTS.subList(0, 1), gate));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().reason()).isEqualTo("GateFailed");
    assertThat(ended.words().message()).contains("raise spec.runNonce");
    assertThat(ended.words().message())
        .startsWith("the model is not published: 1 of 1 clips drawn; Flicker is ")
        .contains("ClipText was not measured: no model is configured; set spec.perception.clip");
    assertThat(ended.words().evaluation().gate()).isEqualTo("Failed");
    assertThat(page(clips.bench, ended)).contains("Gate failed", "at most 0.00");
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/evaluate/manifest.json"))
        .doesNotExist();
  }

  @Test
  void withoutPromptsAModelIsPublishedUntriedButOnlyIfItIsOne() throws IOException {
    var clips = new ClipBench(root);

    var ended = clips.bench.run(clips.evaluate(List.of(), List.of()));
    assertThat(ended.words().message())
        .isEqualTo("published without a trial: evaluation.prompts is empty");
    assertThat(page(clips.bench, ended)).contains("no prompts: nothing was drawn");

    clips.bench.store().delete(Bench.PREFIX);
    clips.bench.write("models/wan/model_index.json", "{\"_class_name\": \"LTXPipeline\"}");
    var none = clips.bench.run(clips.evaluate(List.of(), List.of()));
    assertThat(none.exitCode()).isEqualTo(42);
    assertThat(none.words().message()).contains("LTXPipeline is not supported");
  }

  @Test
  void aTunedModelIsShownBesideItsBaseAndThenDrawsForOthers() throws IOException {
    var training = VideoTrainings.lora().rate(5e-2).low(3, 0).input();
    VideoTrainBench.prepared(root).train(training);
    var bench = new Bench(root);
    var input =
        new EvaluateVideoInput(
            ClipBench.MODEL,
            training,
            new PromptInput(null, ClipBench.PROMPTS.subList(0, 1), null),
            ClipBench.SAMPLER,
            ClipBench.CLIP,
            List.of("FrechetVideo"),
            List.of(new GateInput("Flicker", null, 255.0)),
            Bench.DRAWINGS);

    var ended = bench.run(input);

    assertThat(ended.words().message()).isEqualTo("1 of 1 clips drawn");
    assertThat(ended.words().evaluation().gate()).isEqualTo("Passed");
    assertThat(ended.words().evaluation().metrics())
        .contains(new NamedValue("FrechetVideo", "NotMeasured"));
    assertThat(ended.words().artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .contains("model", "gallery", "evaluation");
    var manifest = bench.manifest("evaluate");
    assertThat(names(manifest))
        .contains(
            "model/pytorch_lora_weights.safetensors", "clips/cat-00.mp4", "baseline/cat-00.mp4");
    assertThat(manifest.provenance()).containsKeys("tunedModelSha256", "datasetSha256", "clip");
    assertThat(sha256(manifest, "clips/cat-00.mp4"))
        .isNotEqualTo(sha256(manifest, "baseline/cat-00.mp4"));
    assertThat(page(bench, ended)).contains("this model", "base model", "Gate passed");

    var published =
        new SampleInput.TunedModel(
            StoreLocation.directory("/artifacts"),
            Objects.requireNonNull(ended.words().manifest()),
            Objects.requireNonNull(ended.words().manifestSha256()));
    var clips = new ClipBench(bench);
    var drawn =
        bench.run(
            clips.sample(
                published,
                ClipBench.PROMPTS.subList(0, 1),
                ClipBench.SAMPLER,
                ClipBench.CLIP,
                1,
                List.of()));
    assertThat(drawn.words().message()).isEqualTo("2 of 2 clips drawn");
    assertThat(bench.manifest("sample/shard-0").provenance())
        .containsEntry("tunedModelSha256", published.sha256());
  }

  private String page(Bench bench, Bench.Ended ended) throws IOException {
    var page =
        ended.words().artifacts().stream()
            .filter(one -> one.name().equals("gallery"))
            .findFirst()
            .orElseThrow();
    return Files.readString(bench.stored(page));
  }

  private static List<String> names(Manifest manifest) {
    return manifest.files().stream().map(Manifest.StoredFile::name).collect(Collectors.toList());
  }

  private static String sha256(Manifest manifest, String name) {
    return manifest.file(name).orElseThrow().sha256();
  }
}
