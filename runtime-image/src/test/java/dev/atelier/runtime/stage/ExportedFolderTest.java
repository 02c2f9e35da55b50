package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.model.checkpoint.SmallCheckpoint;
import dev.atelier.runtime.store.Digests;
import dev.atelier.stage.TerminationMessage.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DreamBooth publishes is a diffusers folder that needs no base model any more. */
class ExportedFolderTest {

  private static final String PROMPT = "photo of a sks person";

  @TempDir private Path root;

  @Test
  void theFolderAloneDrawsThePicturesOfTheBaseModelWithTheTunedWeights() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();
    var words = bench.train(Trainings.dreamBoothOf(2).input()).words();

    assertThat(bench.exported())
        .containsExactlyInAnyOrder(
            "model/model_index.json",
            "model/scheduler/scheduler_config.json",
            "model/text_encoder/config.json",
            "model/text_encoder/model.safetensors",
            "model/tokenizer/merges.txt",
            "model/tokenizer/special_tokens_map.json",
            "model/tokenizer/tokenizer_config.json",
            "model/tokenizer/vocab.json",
            "model/unet/config.json",
            "model/unet/diffusion_pytorch_model.safetensors",
            "model/vae/config.json",
            "model/vae/diffusion_pytorch_model.safetensors");
    assertThat(words.artifacts())
        .extracting(Artifact::name)
        .containsExactly("model", "model/text_encoder/model.safetensors", "pipeline");
    assertDrawsTheSameAlone(bench);
  }

  @Test
  void aTextEncoderThatWasNotTrainedIsTheBaseModels() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();
    bench.train(Trainings.dreamBoothOf(2).text("Frozen").input());

    assertThat(bench.published("model/text_encoder/model.safetensors"))
        .isEqualTo(Files.readAllBytes(TrainBench.MODEL.resolve("text_encoder/model.safetensors")));
    assertListsEveryFileWithItsSizeAndDigest(bench);
    assertDrawsTheSameAlone(bench);
  }

  @Test
  void ofXlItHoldsBothTextEncodersAndTokenizers() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos().on(TrainBench.XL);
    bench.train(Trainings.dreamBoothOf(2).input());

    assertThat(bench.exported())
        .contains(
            "model/model_index.json",
            "model/text_encoder/model.safetensors",
            "model/text_encoder_2/config.json",
            "model/text_encoder_2/model.safetensors",
            "model/tokenizer_2/vocab.json");
    assertThat(bench.drawn(PROMPT, true)).isNotEqualTo(bench.drawn(PROMPT, false));
    assertDrawsTheSameAlone(bench);
  }

  @Test
  void aSingleFileCheckpointBecomesAFolder() throws IOException {
    var file = SmallCheckpoint.write(root.resolve("checkpoints"));
    SmallCheckpoint.copyTokenizer(TrainBench.MODEL, file);
    var bench = new TrainBench(root, "r0").withPhotos().on(file);
    bench.train(Trainings.dreamBoothOf(2).text("Frozen").input());

    assertThat(index(bench).path("_class_name").asText()).isEqualTo("StableDiffusionPipeline");
    assertDrawsTheSameAlone(bench);
  }

  @Test
  void halfPrecisionFilesAndPartsThatNothingReadsAreNotCarriedAsTheyAre() throws IOException {
    new Bench(root).copy(TrainBench.MODEL, "base");
    var base = root.resolve("base");
    Files.move(
        base.resolve("vae/diffusion_pytorch_model.safetensors"),
        base.resolve("vae/diffusion_pytorch_model.fp16.safetensors"));
    Files.createDirectories(base.resolve("safety_checker"));
    Files.writeString(base.resolve("safety_checker/pytorch_model.bin"), "a pickle");
    var index = base.resolve("model_index.json");
    Files.writeString(
        index,
        Files.readString(index)
            .replaceFirst(
                "\"safety_checker\": \\[\\s*null,\\s*null",
                "\"safety_checker\": [\"stable_diffusion\", \"StableDiffusionSafetyChecker\""));
    var bench = new TrainBench(root, "r0").withPhotos().on(base);
    bench.train(Trainings.dreamBoothOf(1).text("Frozen").input());

    assertThat(bench.exported())
        .contains("model/vae/diffusion_pytorch_model.safetensors")
        .noneMatch(name -> name.contains("fp16") || name.contains("safety_checker"));
    assertThat(index(bench).path("safety_checker").path(0).isNull()).isTrue();
    assertThat(index(bench).path("requires_safety_checker").asBoolean(true)).isFalse();
    assertDrawsTheSameAlone(bench);
  }

  private static void assertListsEveryFileWithItsSizeAndDigest(TrainBench bench)
      throws IOException {
    for (var stored : bench.published().manifest().filesBelow("model/")) {
      var file = bench.store.local(stored.path()).orElseThrow();
      assertThat(Files.size(file)).as(stored.name()).isEqualTo(stored.sizeBytes());
      assertThat(Digests.of(file)).as(stored.name()).isEqualTo(stored.sha256());
    }
  }

  private static void assertDrawsTheSameAlone(TrainBench bench) throws IOException {
    var tuned = bench.drawn(PROMPT, true);
    assertThat(bench.on(folder(bench)).drawn(PROMPT, false)).isEqualTo(tuned);
  }

  private static JsonNode index(TrainBench bench) throws IOException {
    return new ObjectMapper().readTree(bench.published("model/model_index.json"));
  }

  private static Path folder(TrainBench bench) {
    var index = bench.published().manifest().file("model/model_index.json").orElseThrow();
    return Objects.requireNonNull(bench.store.local(index.path()).orElseThrow().getParent());
  }
}
