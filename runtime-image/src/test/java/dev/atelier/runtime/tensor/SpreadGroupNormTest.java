package dev.atelier.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The group normalisation that GPUs take, computed on the processor. */
class SpreadGroupNormTest {

  @ParameterizedTest(name = "{0} channels in {1} groups around {2}, silu {3}")
  @CsvSource({"8, 2, 0, false", "8, 2, 0, true", "12, 3, 40, false", "6, 6, -3, true"})
  void itEqualsTheEngines(int channels, int groups, double mean, boolean silu) {
    try (var torch = Torch.start(1);
        var generator = torch.generator(3);
        var scope = Scope.open()) {
      var x = generator.randn(2, channels, 5, 7).add(mean);
      var weight = generator.randn(channels);
      var bias = generator.randn(channels);
      var expected =
          silu
              ? GroupNormalization.silu(x, groups, weight, bias, 1e-6)
              : GroupNormalization.of(x, groups, weight, bias, 1e-6);

      var spread =
          torch.wrap(torch.script().one("group_norm_spread", x, groups, weight, bias, 1e-6, silu));

      assertThat(spread.shape()).isEqualTo(x.shape());
      assertThat(spread.toFloats())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(expected.toFloats());
    }
  }
}
