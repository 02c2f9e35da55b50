package dev.atelier.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is the same whatever is drawn beside it. */
class PictureBatchTest {
  private static final List<Long> SEEDS = List.of(7L, 8L, 1_000_000L);
  private static final List<String> PROMPTS =
      List.of("a photo of a red cat", "a blue house", "two birds at the beach");
  private static final List<String> NEGATIVES = List.of("blurry", "", "low quality");

  @ParameterizedTest
  @ValueSource(strings = {"DDIM", "EulerAncestralDiscrete"})
  void pictureIOfABatchIsPictureIAlone(String sampler) {
    try (Torch torch = Torch.start();
        Scope scope = Scope.open()) {
      Tensor together = drawn(torch, sampler, 0, SEEDS.size());

      for (int i = 0; i < SEEDS.size(); i++) {
        assertThat(together.narrow(0, i, 1).contiguous().toFloats())
            .as("picture %d", i)
            .containsExactly(drawn(torch, sampler, i, i + 1).toFloats(), Offset.offset(2e-4f));
      }
      assertThat(together.narrow(0, 0, 1).sub(together.narrow(0, 1, 1)).abs().max().item())
          .isGreaterThan(0.05);
    }
  }

  private static Tensor drawn(Torch torch, String sampler, int from, int to) {
    var request =
        new TextToImage(
            PROMPTS.subList(from, to), NEGATIVES.subList(from, to), 64, 64, 5, Guidance.of(3), 0);
    return TinyPictures.drawn(torch, sampler, DType.FLOAT32, SEEDS.subList(from, to), request);
  }
}
