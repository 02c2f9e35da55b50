package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.lora.LoraException;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.pipeline.wan.WanPipeline;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.store.FolderDigest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LoraTarget;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.runtime.train.TransformerLora;
import dev.atelier.runtime.train.TransformerTuning;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training left, opened for sampling. */
class TunedVideoTest {

  private static final Path MODEL = Fixtures.folder("pipelines/wan21_tiny");
  private static final BaseModel BASE =
      new BaseModel(
          new ModelInput("Wan", StoreLocation.directory("/models/wan"), null, null, "wan"),
          MODEL,
          "0".repeat(64),
          new FolderDigest(List.of()));
  private static final LearningRate RATE =
      new LearningRate(1e-2, LearningRate.Schedule.Constant, 0, 1);

  @TempDir private Path folder;
  private Torch torch;
  private Scope scope;

  @BeforeEach
  void startTheEngine() {
    torch = Torch.start(1);
    scope = Scope.open();
  }

  @AfterEach
  void stopTheEngine() {
    scope.close();
    torch.close();
  }

  @Test
  void adaptersDrawAsTheyWereTrainedInMemoryAndBlockByBlock() throws IOException {
    float[] trained;
    TunedFiles tuned;
    try (var model = WanFiles.of(MODEL).transformer(torch, Storage.COPIED, Residence.RESIDENT);
        var lora = lora(model)) {
      disturb(lora);
      trained = flow(model);
      tuned = export(lora);
    }

    var files = TunedVideo.files(BASE, tuned);

    try (var resident = files.transformer(torch, Storage.MAPPED, Residence.RESIDENT);
        var streamed = files.transformer(torch, Storage.MAPPED, Residence.STREAMED)) {
      // Adapters beside a layer and adapters in its weights are rounded differently.
      assertThat(flow(resident)).containsExactly(trained, Offset.offset(1e-4f));
      assertThat(flow(streamed)).isEqualTo(flow(resident));
    }
    assertThat(clip(files, Residence.STREAMED)).isEqualTo(clip(files, Residence.RESIDENT));
    assertThat(clip(files, Residence.RESIDENT))
        .isNotEqualTo(clip(WanFiles.of(MODEL), Residence.RESIDENT));
  }

  @Test
  void aDenoiserThatWasTrainedAsAWholeTakesTheBasesPlace() throws IOException {
    float[] trained;
    TunedFiles tuned;
    try (var model = WanFiles.of(MODEL).transformer(torch, Storage.COPIED, Residence.RESIDENT);
        var whole = new TransformerTuning(model, MODEL.resolve("transformer"), RATE)) {
      disturb(whole);
      trained = flow(model);
      tuned = export(whole);
    }

    var files = TunedVideo.files(BASE, tuned);

    assertThat(files.transformerFolder()).isEqualTo(folder.resolve("transformer"));
    try (var model = files.transformer(torch, Storage.MAPPED, Residence.RESIDENT)) {
      // Memory that files are mapped to is aligned otherwise, which changes the order of sums.
      assertThat(flow(model)).containsExactly(trained, Offset.offset(1e-5f));
    }
    assertThat(clip(files, Residence.RESIDENT))
        .isNotEqualTo(clip(WanFiles.of(MODEL), Residence.RESIDENT));
  }

  @Test
  void adaptersOfALargerModelAreRefused() throws IOException {
    try (var model = WanFiles.of(MODEL).transformer(torch, Storage.COPIED, Residence.RESIDENT);
        var lora = lora(model)) {
      var tuned = export(lora);
      var file = tuned.adapters().orElseThrow();
      var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      Files.write(
          file, text.replace("blocks.1.", "blocks.7.").getBytes(StandardCharsets.ISO_8859_1));

      assertThatThrownBy(
              () ->
                  TunedVideo.files(BASE, tuned)
                      .transformer(torch, Storage.MAPPED, Residence.RESIDENT))
          .isInstanceOf(LoraException.class)
          .hasMessageContaining("it was made for another model");
    }
  }

  @Test
  void theModelOfAPortraitIsNoVideoModel() {
    var portrait =
        new TunedFiles(Map.of("learned_embeds.safetensors", Path.of("x")), "0".repeat(64));

    assertThatThrownBy(() -> TunedVideo.files(BASE, portrait))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("learned_embeds.safetensors")
        .hasMessageContaining("is it the manifest of a VideoGenerator?");
  }

  private TransformerLora lora(WanTransformer3DModel model) {
    return new TransformerLora(
        torch,
        model,
        new LoraTuning.Shape(4, 8, Set.of(LoraTarget.Attention, LoraTarget.FeedForward)),
        RATE,
        3);
  }

  /** Training in one blow. */
  private void disturb(TuningMethod method) {
    try (var generator = torch.generator(5)) {
      method
          .groups()
          .get(0)
          .parameters()
          .values()
          .forEach(
              value ->
                  value.copyInPlace(value.detach().add(generator.randn(value.shape()).mul(0.05))));
    }
  }

  private TunedFiles export(TuningMethod method) throws IOException {
    var files = new HashMap<String, Path>();
    for (var file : method.export(folder, Map.of())) {
      files.put(file.toString(), folder.resolve(file));
    }
    return new TunedFiles(files, "1".repeat(64));
  }

  private float[] flow(WanTransformer3DModel model) {
    try (var generator = torch.generator(9)) {
      return model
          .forward(
              generator.randn(1, 4, 2, 4, 6),
              torch.tensor(new float[] {500}, 1),
              generator.randn(1, 8, 32))
          .toFloats();
    }
  }

  private float[] clip(WanFiles files, Residence residence) {
    var request =
        new TextToVideo(
            List.of("a cat"),
            List.of(""),
            48,
            32,
            5,
            new TextToVideo.Steps.Count(2),
            Guidance.of(1),
            Optional.empty(),
            40);
    var settings = new WanPipeline.Settings(Residence.RESIDENT, residence, false, false);
    try (var pipeline =
            new WanPipeline(torch, files, Scheduler.read(files.schedulerConfig()), settings);
        var noise = new PictureNoise(torch, List.of(7L))) {
      Tensor latents =
          pipeline.latents(request, pipeline.encode(request), noise, StepListener.NONE);
      return pipeline.decode(latents).toFloats();
    }
  }
}
