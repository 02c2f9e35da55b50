package dev.atelier.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.evaluate.PeakSignalToNoise;
import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a denoiser in half precision draws is what it draws in float32, but for a little noise. */
class HalfPrecisionTest {

  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();

  /** 30 dB is where prints of a photo begin to look different; float16 has three bits more. */
  @ParameterizedTest(name = "{0}: {1} dB or more")
  @CsvSource({"BFLOAT16, 30", "FLOAT16, 45"})
  void aPictureIsNearTheOneOfFloat32(DType half, double decibels) {
    float[] exact = picture(DType.FLOAT32);
    float[] rounded = picture(half);

    assertThat(rounded).isNotEqualTo(exact);
    assertThat(PeakSignalToNoise.of(exact, rounded)).isGreaterThan(decibels);
  }

  @Test
  void version21WhichUpcastsAttentionStaysFiniteAndNearFloat32() {
    var folder = Fixtures.folder("models/unet_sd21");
    var inputs = SafeTensorsFile.readAll(torch, folder.resolve("inputs.safetensors"));
    Tensor sample = Objects.requireNonNull(inputs.get("a.sample"));
    Tensor at = Objects.requireNonNull(inputs.get("a.timestep"));
    Tensor text = Objects.requireNonNull(inputs.get("a.encoder_hidden_states"));
    try (var unet = UNet2DConditionModel.load(torch, folder, Storage.MAPPED)) {
      Tensor exact = unet.forward(sample, at, text);
      Tensor half =
          unet.forward(sample.to(DType.FLOAT16), at, text.to(DType.FLOAT16)).to(DType.FLOAT32);

      assertThat(unet.config().upcastAttention()).isTrue();
      assertThat(half.isFinite()).isTrue();
      assertThat(half.sub(exact).abs().max().item())
          .isPositive()
          .isLessThan(0.01 * exact.abs().max().item());
    }
  }

  /** Weights are cast once, when they are read, instead of at each step. */
  @ParameterizedTest
  @EnumSource(
      value = Storage.class,
      names = {"BFLOAT16", "FLOAT16"})
  void weightsHeldInHalfPrecisionGiveTheVerySameNumbersInHalfTheMemory(Storage held) {
    var folder = Fixtures.folder("models/unet_sdxl");
    var inputs = SafeTensorsFile.readAll(torch, folder.resolve("inputs.safetensors"));
    var half = DType.valueOf(held.name());
    Tensor sample = Objects.requireNonNull(inputs.get("a.sample")).to(half);
    Tensor at = Objects.requireNonNull(inputs.get("a.timestep"));
    var conditions =
        new Conditions(
                Objects.requireNonNull(inputs.get("a.encoder_hidden_states")),
                Optional.of(
                    new Conditions.Size(
                        Objects.requireNonNull(inputs.get("a.text_embeds")),
                        Objects.requireNonNull(inputs.get("a.time_ids")))))
            .in(half);
    try (var whole = UNet2DConditionModel.load(torch, folder, Storage.MAPPED);
        var light = UNet2DConditionModel.load(torch, folder, held)) {
      assertThat(light.forward(sample, at, conditions).toFloats())
          .isEqualTo(whole.forward(sample, at, conditions).toFloats());
      assertThat(light.modules().parameters().values())
          .allMatch(parameter -> parameter.dtype() == half);
    }
  }

  private static float[] picture(DType precision) {
    var request = TextToImage.of(1, "a photo of a red cat", "blurry", 64, 64, 8, Guidance.of(5));
    return TinyPictures.drawn(torch, "DDIM", precision, List.of(7L), request).toFloats();
  }
}
