package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.photo.CropShape;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.stage.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets wrong, and what the stage says about it before it trains. */
class BadTrainingTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path root;

  @Test
  void anotherKindOfPipelineIsNamedBesideThoseThatAreSupported() throws IOException {
    var model = with("model_index.json", config -> config.put("_class_name", "FluxPipeline"));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining("FluxPipeline is not supported")
        .hasMessageContaining("StableDiffusionPipeline and StableDiffusionXLPipeline");
  }

  @Test
  void anotherDenoiserIsNamedThoughItsOtherFieldsAreAlike() throws IOException {
    var model =
        with("unet/config.json", config -> config.put("_class_name", "UNet3DConditionModel"));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining("unet/config.json")
        .hasMessageContaining("UNet3DConditionModel")
        .hasMessageContaining("(only [UNet2DConditionModel])");
  }

  @Test
  void anotherTextEncoderIsNamedThoughItsOtherFieldsAreAlike() throws IOException {
    var model =
        with(
            "text_encoder/config.json",
            config -> config.putArray("architectures").add("T5EncoderModel"));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining("text_encoder/config.json: architectures = \"T5EncoderModel\"")
        .hasMessageContaining("(only [CLIPTextModel, CLIPTextModelWithProjection])");
  }

  @Test
  void anOptionThatNobodyKnowsIsNamedWithWhatToDo() throws IOException {
    var model = with("unet/config.json", config -> config.put("use_magic", true));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining("unet/config.json asks for what this runtime does not know")
        .hasMessageContaining("use_magic = true. Use another model, or remove the field");
  }

  @Test
  void aConfigurationThatIsCutOffIsNamedWithItsLine() throws IOException {
    var file = copied().resolve("unet/config.json");
    Files.writeString(file, "{\"_class_name\":\n\"UNet2DCond");

    assertThat(catchThrowable(() -> train(root.resolve("model"))))
        .hasMessageStartingWith(file + " is not readable JSON: ")
        .hasMessageEndingWith("in line 2. Copy the file again.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"unet/config.json", "unet/diffusion_pytorch_model.safetensors", "vae/config.json"})
  void aFileThatIsMissingIsNamedWithWhatToDo(String name) throws IOException {
    var file = copied().resolve(name);
    Files.delete(file);

    assertThat(catchThrowable(() -> train(root.resolve("model"))))
        .hasMessageContaining(file + " does not exist. Copy the model's folder again.");
  }

  @Test
  void weightsOfAnotherShapeThanTheConfigurationsAreNamedWithWhatToDo() throws IOException {
    var model = with("unet/config.json", config -> config.put("cross_attention_dim", 48));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining("but the configuration asks for")
        .hasMessageContaining("Copy weights and config.json again, both from the same model.");
  }

  @Test
  void anUnknownBlockIsNamedWithItsFile() throws IOException {
    var model =
        with(
            "unet/config.json",
            config -> config.putArray("down_block_types").add("KDownBlock2D").add("DownBlock2D"));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining("unet/config.json")
        .hasMessageContaining("KDownBlock2D");
  }

  @Test
  void anOptionThatIsNotSupportedIsNamedWithWhatIs() throws IOException {
    var model =
        with("scheduler/scheduler_config.json", config -> config.put("prediction_type", "ucg"));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining("prediction_type ucg is not supported (only epsilon");
  }

  @Test
  void weightsThatAreTruncatedAreNamedWithWhatToDo() throws IOException {
    var model = copied();
    var file = model.resolve("unet/diffusion_pytorch_model.safetensors");
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1000));

    assertThat(catchThrowable(() -> train(model)))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Copy the file again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lora rank 0 | training.lora.rank is 0, it must be at least 1",
        "rate 0 | training.learningRate is 0.0, it must be a number above 0",
        "batch 0 | training.batchSize is 0, it must be at least 1",
        "average 1 | training.emaDecay is 1.0, it must be between 0 and 1",
      })
  void aKnobThatCannotBeTrainedWithIsNamedWithItsRule(String knob, String message) {
    var training =
        switch (knob) {
          case "lora rank 0" -> Trainings.loraOf(1).rank(0);
          case "rate 0" -> Trainings.loraOf(1).rate(0);
          case "batch 0" -> Trainings.loraOf(1).batch(0);
          default -> Trainings.loraOf(1).emaDecay(1);
        };

    assertThatThrownBy(() -> TrainingRules.check(training.input()))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void aShapeThatTheModelCannotEncodeIsNamedWithWhatGaveIt() {
    assertThatThrownBy(() -> TrainingRules.checkShape(new CropShape(56, 72), 16))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("training.aspectBuckets gives photos of 56 x 72 pixels")
        .hasMessageContaining("multiples of 16; set training.aspectBuckets: false");
    assertThatThrownBy(() -> TrainingRules.checkShape(CropShape.square(60), 8))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("training.resolution is 60, it must be a multiple of 8");
  }

  @Test
  void aBatchThatNoMemoryHoldsEndsWith43AndSaysWhatToLower() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();

    var failed = bench.fails(Trainings.loraOf(1).batch(2_000_000_000).input(), Integer.MAX_VALUE);

    assertThat(failed.exitCode()).isEqualTo(43);
    assertThat(failed.getMessage())
        .containsPattern("at a peak of \\d+ MiB")
        .contains("training.batchSize 2000000000", "raise gradientAccumulation as much");
  }

  @Test
  void aTokenThatIsAWordAlreadyIsWarnedAbout() {
    var tokenizer = ClipTokenizer.read(TrainBench.MODEL.resolve("tokenizer"));

    assertThat(TrainingRules.aboutToken(tokenizer, new Subject("person", "a"), false))
        .hasValueSatisfying(
            sentence -> assertThat(sentence).contains("'a' is a word", "such as 'sks'"));
    assertThat(TrainingRules.aboutToken(tokenizer, new Subject("person", "xqzv"), true)).isEmpty();
  }

  @Test
  void andItIsSaidWithWhatIsPublished() throws IOException {
    var bench = new TrainBench(root, "r0").of(new Subject("person", "a")).withPhotos();

    bench.train(Trainings.loraOf(1).input());

    assertThat(bench.published().manifest().words().message())
        .contains("; subject.token 'a' is a word that the base model knows already");
  }

  private void train(Path model) throws IOException {
    new TrainBench(root, "r0").withPhotos().on(model).train(Trainings.loraOf(1).input());
  }

  private Path with(String file, Consumer<ObjectNode> change) throws IOException {
    var model = copied();
    var config = (ObjectNode) JSON.readTree(Files.readAllBytes(model.resolve(file)));
    change.accept(config);
    Files.write(model.resolve(file), JSON.writeValueAsBytes(config));
    return model;
  }

  private Path copied() throws IOException {
    new Bench(root).copy(TrainBench.MODEL, "model");
    return root.resolve("model");
  }
}
