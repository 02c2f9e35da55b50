package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTuningTest {

  private TinyModel model;
  private Scope scope;

  @BeforeEach
  void load() {
    model = new TinyModel();
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    model.close();
  }

  @Test
  void freshAdaptersLeaveThePredictionAsItWas() {
    var before = model.predict(model.batch(0)).toFloats();

    try (var lora = model.lora(TextEncoderTraining.Adapter)) {
      assertThat(lora.groups()).hasSize(2);
      assertThat(model.predict(model.batch(0)).toFloats()).containsExactly(before);
    }
  }

  @Test
  void withTheTextEncoderFrozenOnlyTheAdaptersChange() {
    var before = model.weights();
    try (var lora = model.lora(TextEncoderTraining.Frozen);
        var training = model.training(lora)) {
      var adapters = values(lora);

      steps(training);

      assertThat(changed(adapters, values(lora))).isEqualTo(adapters.keySet());
      assertThat(changed(before, model.weights())).isEmpty();
    }
  }

  @Test
  void aTextEncoderTrainedAsAWholeChangesAndTheDenoiserDoesNot() {
    var before = model.weights();
    try (var lora = model.lora(TextEncoderTraining.Full);
        var training = model.training(lora)) {
      steps(training);

      assertThat(changed(before, model.weights()))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("text_encoder."))
          .contains("text_encoder.text_model.final_layer_norm.weight");
    }
  }

  @Test
  void adaptersSitOnTheChosenLayersOnly() {
    try (var lora = model.lora(TextEncoderTraining.Frozen)) {
      assertThat(lora.groups().get(0).parameters().keySet())
          .contains(
              "unet.mid_block.resnets.0.conv1.lora.down.weight",
              "unet.mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj.lora.up.weight",
              "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_out.0.lora.up.weight")
          .noneMatch(name -> name.contains("conv_shortcut") || name.contains("time_emb"));
    }
  }

  @Test
  void theFileNamesRankAndAlphaSoThatReadersScaleItRight(@TempDir Path folder) throws IOException {
    try (var lora = model.lora(TextEncoderTraining.Adapter)) {
      var files = lora.export(folder, Map.of("atelier.seed", "3"));

      assertThat(files).containsExactly(Path.of(LoraTuning.FILE));
      var file = SafeTensorsFile.open(folder.resolve(LoraTuning.FILE));
      assertThat(file.metadata())
          .containsEntry("format", "pt")
          .containsEntry("atelier.seed", "3")
          .hasEntrySatisfying(
              "lora_adapter_metadata",
              text ->
                  assertThat(text)
                      .contains("\"unet.r\":4")
                      .contains("\"unet.lora_alpha\":4")
                      .contains("\"text_encoder.r\":4"));
      assertThat(file.names())
          .contains(
              "unet.mid_block.resnets.0.conv1.lora.down.weight",
              "text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_linear_layer.up.weight");
    }
  }

  private void steps(TrainingStep<Batch> training) {
    // The first step leaves the down matrices alone: their gradient flows through up, which is 0.
    for (int step = 0; step < 3; step++) {
      training.descend((at, pass) -> model.batch(at), step);
      training.update(step);
    }
  }

  private static Map<String, float[]> values(TuningMethod method) {
    return method.groups().stream()
        .flatMap(group -> group.parameters().entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toFloats()));
  }

  private static TreeSet<String> changed(Map<String, float[]> before, Map<String, float[]> after) {
    var names = new TreeSet<>(before.keySet());
    names.removeIf(name -> Arrays.equals(before.get(name), after.get(name)));
    return names;
  }
}
