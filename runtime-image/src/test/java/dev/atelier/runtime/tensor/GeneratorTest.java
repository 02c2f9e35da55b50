package dev.atelier.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The numbers that {@code torch.randn(n, generator=...)} of PyTorch 2.7.1 gives on the CPU. */
class GeneratorTest {

  /** Logarithm and cosine of the vector units of some processors differ in the last bit. */
  private static final Offset<Float> LAST_BITS = Offset.offset(1e-6f);

  @Test
  void fewNumbersAreThoseOfTorchAndSoAreTheNext() {
    try (Torch torch = Torch.start();
        Scope scope = Scope.open();
        var generator = torch.generator(42)) {
      assertThat(generator.randn(5).toFloats())
          .containsExactly(
              new float[] {0.336690366f, 0.128809407f, 0.234462366f, 0.23033303f, -1.12285638f},
              LAST_BITS);
      assertThat(generator.randn(3).toFloats())
          .containsExactly(new float[] {-0.186328292f, 2.20820141f, -0.637997031f}, LAST_BITS);
    }
  }

  @Test
  void sixteenAndMoreComeInAnotherOrderAsTheyDoInTorch() {
    try (Torch torch = Torch.start();
        Scope scope = Scope.open();
        var generator = torch.generator(7)) {
      assertThat(generator.randn(1, 4, 5).toFloats())
          .containsExactly(
              new float[] {
                -0.820134521f, 0.395631164f, 0.898908496f, -1.38840389f, 0.198445052f,
                0.782072663f, 1.03910768f, -0.724510729f, -0.848908603f, -1.21692944f,
                -0.0810215846f, 1.36148512f, -2.0614779f, 0.674100697f, -1.32334578f,
                -1.35976899f, -0.866701603f, -0.564006686f, -2.05646253f, -0.356722534f
              },
              LAST_BITS);
      assertThat(generator.randn(3).toFloats())
          .containsExactly(new float[] {2.45054126f, 2.02560186f, 1.77915502f}, LAST_BITS);
    }
  }

  @Test
  void aSeedBeyond32BitsIsAsItIsInTorch() {
    try (Torch torch = Torch.start();
        Scope scope = Scope.open();
        var generator = torch.generator(1_234_567_890_123L)) {
      assertThat(generator.randn(2, 2, 2, 2).toFloats())
          .containsExactly(
              new float[] {
                -0.568541527f, -0.199217036f, 1.03998446f, -0.499563098f,
                0.692722738f, -1.51851296f, -0.725781441f, 0.913676679f,
                -0.744843006f, -0.252562761f, 0.228792250f, -0.864463329f,
                2.03257537f, -0.993039548f, -0.252975851f, -0.274843723f
              },
              LAST_BITS);
    }
  }
}
