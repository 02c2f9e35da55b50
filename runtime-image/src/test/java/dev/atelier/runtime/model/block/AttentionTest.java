package dev.atelier.runtime.model.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.RandomWeights;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionTest {
  private static final int WIDTH = 16;
  private static final int HEADS = 2;

  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void whereItIsAskedForScoresAreInFloat32BetweenProjectionsInHalfPrecision(DType half) {
    var modules = new Modules();
    var plain =
        Attention.withoutBias(Layers.of(new RandomWeights(torch, 1), modules), WIDTH, WIDTH, HEADS);
    var precise = plain.inFloat32();
    Tensor x = noise(2, 64, WIDTH).mul(50).to(half);

    Tensor expected =
        linear(
            Ops.headsAttention(
                    linear(x, modules, "to_q").to(DType.FLOAT32),
                    plain.project(x).keys().to(DType.FLOAT32),
                    plain.project(x).values().to(DType.FLOAT32),
                    HEADS,
                    false)
                .to(half),
            modules,
            "to_out.0");

    assertThat(precise.forward(x, x).dtype()).isEqualTo(half);
    assertThat(floats(precise.forward(x, x))).isEqualTo(floats(expected));
    assertThat(floats(plain.forward(x, x))).isNotEqualTo(floats(expected));
    Tensor exact = x.to(DType.FLOAT32);
    assertThat(floats(precise.forward(exact, exact)))
        .isEqualTo(floats(plain.forward(exact, exact)));
    modules.close();
  }

  private static Tensor linear(Tensor x, Modules modules, String name) {
    var parameters = modules.parameters();
    Tensor weight = Objects.requireNonNull(parameters.get(name + ".weight"));
    return Ops.linear(
        x,
        weight.to(x.dtype()),
        Optional.ofNullable(parameters.get(name + ".bias")).map(bias -> bias.to(x.dtype())));
  }

  private static float[] floats(Tensor tensor) {
    return tensor.to(DType.FLOAT32).toFloats();
  }

  private static Tensor noise(long... shape) {
    try (var generator = torch.generator(3)) {
      return generator.randn(shape);
    }
  }
}
