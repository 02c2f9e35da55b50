package dev.atelier.runtime.model.unet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.block.TextMemory;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text's keys and values are made in the first step and read in those that follow. */
class TextMemoryTest {
  private static final Path MODELS = Path.of("src/test/resources/fixtures/models");

  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();

  @ParameterizedTest
  @ValueSource(strings = {"unet_sd15", "unet_sd21", "unet_sdxl"})
  void everyStepIsTheSameToTheBitAsWithoutIt(String name) {
    try (var unet = unet(name);
        var memory = new TextMemory()) {
      var inputs = inputs(name);
      var told = told(inputs);
      for (float timestep : new float[] {900, 500, 100}) {
        Tensor at = torch.full(timestep, told.text().size(0));
        Tensor latents = sample(inputs).mul(1 + timestep / 1000);

        assertThat(unet.forward(latents, at, told, memory).toFloats())
            .isEqualTo(unet.forward(latents, at, told).toFloats());
      }
    }
  }

  @Test
  void laterStepsDoNotReadTheTextAgain() {
    try (var unet = unet("unet_sd15");
        var memory = new TextMemory()) {
      var inputs = inputs("unet_sd15");
      var told = told(inputs);
      var other = Conditions.of(told.text().mul(-2));
      Tensor at = torch.full(500, told.text().size(0));
      float[] first = unet.forward(sample(inputs), at, told, memory).toFloats();

      assertThat(unet.forward(sample(inputs), at, other).toFloats()).isNotEqualTo(first);
      assertThat(unet.forward(sample(inputs), at, other, memory).toFloats()).isEqualTo(first);
    }
  }

  @Test
  void itKeepsNoMoreThanItMayAndNothingOnceItIsClosed() {
    try (var unet = unet("unet_sd15");
        var all = new TextMemory()) {
      var inputs = inputs("unet_sd15");
      var told = told(inputs);
      Tensor at = torch.full(500, told.text().size(0));
      float[] whole = unet.forward(sample(inputs), at, told, all).toFloats();
      long half = all.bytes() / 2;
      try (var small = new TextMemory(half)) {
        unet.forward(sample(inputs), at, told, small);

        assertThat(unet.forward(sample(inputs), at, told, small).toFloats()).isEqualTo(whole);
        assertThat(small.bytes()).isPositive().isLessThanOrEqualTo(half);
      }
      all.close();

      assertThat(all.bytes()).isZero();
    }
  }

  private static UNet2DConditionModel unet(String name) {
    return UNet2DConditionModel.load(torch, MODELS.resolve(name), Storage.MAPPED);
  }

  private static Map<String, Tensor> inputs(String name) {
    return SafeTensorsFile.readAll(torch, MODELS.resolve(name).resolve("inputs.safetensors"));
  }

  private static Tensor sample(Map<String, Tensor> inputs) {
    return Objects.requireNonNull(inputs.get("a.sample"));
  }

  private static Conditions told(Map<String, Tensor> inputs) {
    return new Conditions(
        Objects.requireNonNull(inputs.get("a.encoder_hidden_states")),
        Optional.ofNullable(inputs.get("a.time_ids"))
            .map(
                ids ->
                    new Conditions.Size(Objects.requireNonNull(inputs.get("a.text_embeds")), ids)));
  }
}
