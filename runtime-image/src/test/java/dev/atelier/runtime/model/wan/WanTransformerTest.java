package dev.atelier.runtime.model.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WanTransformerTest {
  private static Torch torch;
  private final Scope scope = Scope.open();

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @AfterEach
  void closeTheScope() {
    scope.close();
  }

  @Test
  void blocksReadFromTheFilesOneByOneGiveTheVerySameFlow() {
    try (var resident = model(Residence.RESIDENT);
        var streamed = model(Residence.STREAMED)) {
      Tensor latents = noise(1, 8, 2, 4, 4);
      Tensor times = torch.tensor(new float[] {500}, 1);
      Tensor text = noise(1, 6, 32);

      float[] flow = streamed.forward(latents, times, text).toFloats();

      assertThat(flow).isEqualTo(resident.forward(latents, times, text).toFloats());
      assertThat(streamed.modules().parameters())
          .allSatisfy((name, value) -> assertThat(name).doesNotStartWith("blocks."));
    }
  }

  @Test
  void blocksHeldInHalfPrecisionGiveTheVerySameFlowAndTimesStayExact() {
    try (var whole = model(Residence.RESIDENT);
        var light = model(Residence.RESIDENT, Storage.BFLOAT16)) {
      Tensor latents = noise(1, 8, 2, 4, 4).to(DType.BFLOAT16);
      Tensor times = torch.tensor(new float[] {500}, 1);
      Tensor text = noise(1, 6, 32).to(DType.BFLOAT16);

      float[] flow = light.forward(latents, times, text).toFloats();

      assertThat(flow).isEqualTo(whole.forward(latents, times, text).toFloats());
      assertThat(light.modules().parameters())
          .allSatisfy(
              (name, value) -> {
                boolean exact = name.contains("condition_embedder") || name.contains("table");
                assertThat(value.dtype()).isEqualTo(exact ? DType.FLOAT32 : DType.BFLOAT16);
              });
    }
  }

  @Test
  void oneTimestepForEveryTokenIsTheTimestepOfTheClip() {
    try (var model = model(Residence.RESIDENT)) {
      Tensor latents = noise(2, 8, 2, 4, 4);
      Tensor text = noise(2, 6, 32);
      var perToken = new float[2 * 8];
      Arrays.fill(perToken, 0, 8, 300);
      Arrays.fill(perToken, 8, 16, 800);

      Tensor whole = model.forward(latents, torch.tensor(new float[] {300, 800}, 2), text);
      Tensor tokens = model.forward(latents, torch.tensor(perToken, 2, 8), text);

      assertThat(tokens.toFloats()).isEqualTo(whole.toFloats());
    }
  }

  @Test
  void aClipInABatchIsWhatItIsAlone() {
    try (var model = model(Residence.RESIDENT)) {
      Tensor latents = noise(2, 8, 2, 4, 4);
      Tensor text = noise(2, 6, 32);
      Tensor times = torch.tensor(new float[] {300, 800}, 2);

      Tensor both = model.forward(latents, times, text);
      Tensor second =
          model.forward(latents.narrow(0, 1, 1), times.narrow(0, 1, 1), text.narrow(0, 1, 1));

      assertThat(both.narrow(0, 1, 1).toFloats())
          .containsExactly(second.toFloats(), Offset.offset(1e-5f));
    }
  }

  @Test
  void aSizeThatPatchesDoNotDivideIsRefusedWithTheSize() {
    try (var model = model(Residence.RESIDENT)) {
      Tensor times = torch.tensor(new float[] {1}, 1);

      assertThatThrownBy(() -> model.forward(noise(1, 8, 2, 5, 4), times, noise(1, 6, 32)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 x 5 x 4")
          .hasMessageContaining("[1, 2, 2]");
    }
  }

  private static WanTransformer3DModel model(Residence residence) {
    return model(residence, Storage.MAPPED);
  }

  private static WanTransformer3DModel model(Residence residence, Storage storage) {
    return WanTransformer3DModel.load(torch, Fixtures.folder("models/wan_dit"), storage, residence);
  }

  private static Tensor noise(long... shape) {
    try (var generator = torch.generator(11)) {
      return generator.randn(shape);
    }
  }
}
