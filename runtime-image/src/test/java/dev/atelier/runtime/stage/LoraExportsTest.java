package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters are published in the forms that {@code training.lora.exportFormats} names. */
class LoraExportsTest {

  private static final String PROMPT = "photo of a sks person";
  private static final String DIFFUSERS = "model/pytorch_lora_weights.safetensors";
  private static final String KOHYA = "model/kohya_lora_weights.safetensors";

  @TempDir private Path root;

  @Test
  void everyFormThatIsAskedForIsPublished() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();
    var words = bench.train(training("Kohya", "Peft", "Diffusers")).words();

    assertThat(bench.exported())
        .containsExactlyInAnyOrder(
            DIFFUSERS,
            KOHYA,
            "model/peft/unet/adapter_config.json",
            "model/peft/unet/adapter_model.safetensors",
            "model/peft/text_encoder/adapter_config.json",
            "model/peft/text_encoder/adapter_model.safetensors");
    assertThat(words.artifacts())
        .extracting(Artifact::name)
        .containsExactlyInAnyOrder(
            "model",
            KOHYA,
            "model/peft/unet/adapter_model.safetensors",
            "model/peft/text_encoder/adapter_model.safetensors");
    assertThat(words.artifacts().get(0).path()).endsWith(DIFFUSERS);
  }

  @Test
  void eachFormAloneDrawsTheSamePicture() throws IOException {
    for (var base : List.of(TrainBench.MODEL, TrainBench.XL)) {
      var runs = "r-" + base.getFileName();
      var usual = new TrainBench(root, runs).withPhotos().on(base);
      usual.train(training("Diffusers"));
      var expected = usual.drawn(PROMPT, true);
      assertThat(expected).isNotEqualTo(usual.drawn(PROMPT, false));

      for (var form : List.of("Peft", "Kohya")) {
        var bench = new TrainBench(root, runs + form).withPhotos().on(base);
        bench.train(training(form));

        assertThat(bench.exported()).doesNotContain(DIFFUSERS);
        assertThat(bench.drawn(PROMPT, true)).as(form).isEqualTo(expected);
      }
    }
  }

  @Test
  void kohyasFileSaysHowItWasTrainedAndTheOthersDoNot() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();
    bench.train(training("Diffusers", "Kohya"));

    assertThat(header(bench, KOHYA))
        .containsEntry("ss_output_name", "ana")
        .containsEntry("ss_base_model_version", "sd_v1")
        .containsEntry("ss_network_module", "networks.lora")
        .containsEntry("ss_network_dim", "2")
        .containsEntry("ss_network_alpha", "4.0")
        .containsEntry("ss_learning_rate", "0.001")
        .containsEntry("ss_num_train_images", "3")
        .containsEntry("ss_num_reg_images", "3")
        .containsEntry("ss_resolution", "(64, 64)")
        .containsEntry("ss_seed", "42")
        .containsEntry("ss_steps", "2")
        .containsEntry("ss_min_snr_gamma", "5.0")
        .containsEntry("modelspec.sai_model_spec", "1.0.0")
        .containsEntry("modelspec.architecture", "stable-diffusion-v1/lora")
        .containsEntry("modelspec.implementation", "diffusers")
        .containsEntry("modelspec.title", "ana")
        .containsEntry("modelspec.resolution", "64x64")
        .containsEntry("modelspec.trigger_phrase", "sks person")
        .containsEntry("modelspec.license", "Apache-2.0")
        .containsEntry("atelier.seed", "42")
        .doesNotContainKey("modelspec.date");
    assertThat(header(bench, DIFFUSERS))
        .containsKeys("lora_adapter_metadata", "atelier.seed")
        .allSatisfy((key, value) -> assertThat(key).doesNotStartWith("ss_"))
        .doesNotContainKey("modelspec.title");
  }

  @Test
  void kohyasFileOfXlNamesItsFamily() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos().on(TrainBench.XL);
    bench.train(training("Kohya"));

    assertThat(header(bench, KOHYA))
        .containsEntry("ss_base_model_version", "sdxl_base_v1-0")
        .containsEntry("modelspec.architecture", "stable-diffusion-xl-v1-base/lora");
  }

  @Test
  void theSameTrainingGivesTheSameFile() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();
    bench.train(training("Kohya"));
    var first = bench.published(KOHYA);
    bench.store.delete(bench.prefix() + "/train");

    assertThat(bench.train(training("Kohya")).began()).as("from the first step").isZero();
    assertThat(bench.published(KOHYA)).isEqualTo(first);
  }

  private static TrainingInput training(String... forms) {
    return Trainings.loraOf(2).text("Adapter").exported(forms).input();
  }

  private static Map<String, String> header(TrainBench bench, String name) {
    var stored = bench.published().manifest().file(name).orElseThrow();
    return SafeTensorsFile.open(bench.store.local(stored.path()).orElseThrow()).metadata();
  }
}
