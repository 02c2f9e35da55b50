package dev.atelier.runtime.model.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscalerTest {
  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();

  @ParameterizedTest(name = "x{0} in squares is the whole again")
  @CsvSource({"2, models/rrdbnet_x2", "4, models/rrdbnet_x4"})
  void squaresWithMarginsLeaveNoSeam(int scale, String model) {
    try (var network = RrdbNet.load(torch, Fixtures.folder(model), Storage.MAPPED)) {
      Tensor picture = picture(120, 90);

      Tensor whole = new Upscaler(network, 128, 0).enlarge(picture);
      Tensor squares = new Upscaler(network, 40, Upscaler.MARGIN).enlarge(picture);
      Tensor bare = new Upscaler(network, 40, 0).enlarge(picture);

      assertThat(squares.shape()).containsExactly(1, 3, 120L * scale, 90L * scale);
      assertThat(squares.sub(whole).abs().max().item()).isLessThan(1e-5);
      assertThat(bare.sub(whole).abs().max().item()).isGreaterThan(0.1);
    }
  }

  @Test
  void aPictureOfOddSizeBecomesExactlyTwiceAsLarge() {
    try (var network = RrdbNet.load(torch, Fixtures.folder("models/rrdbnet_x2"), Storage.MAPPED)) {
      assertThat(new Upscaler(network).enlarge(picture(17, 23)).shape())
          .containsExactly(1, 3, 34, 46);
    }
  }

  @Test
  void aScaleThatNoPublishedNetworkHasIsRefused() throws Exception {
    var config = ModelConfig.of("config.json", new ObjectMapper().readTree("{\"scale\": 3}"));

    assertThatThrownBy(() -> RrdbConfig.from(config))
        .isInstanceOf(UnsupportedConfigException.class)
        .hasMessageContaining("scale = 3 is not supported");
  }

  private static Tensor picture(long height, long width) {
    try (var generator = torch.generator(5)) {
      return generator.rand(1, 3, height, width);
    }
  }
}
