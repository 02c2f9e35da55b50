package dev.atelier.runtime.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.autoencoder.AutoencoderKlConfig;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNetConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration that was written again says what was read. */
class ConfigJsonTest {

  private static final Path PIPELINES = Path.of("src/test/resources/fixtures/pipelines");

  @ParameterizedTest
  @ValueSource(strings = {"sd15_tiny", "sdxl_tiny"})
  void ofADenoiser(String model) {
    var config = UNetConfig.from(read(model + "/unet"));

    assertThat(UNetConfig.from(again(config.json()))).isEqualTo(config);
  }

  @Test
  void ofADenoiserWhoseAttentionWantsFloat32() {
    var written = UNetConfig.from(read("sd15_tiny/unet")).json();
    var config = UNetConfig.from(again(written.put("upcast_attention", true)));

    assertThat(config.upcastAttention()).isTrue();
    assertThat(UNetConfig.from(again(config.json()))).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd15_tiny", "sdxl_tiny"})
  void ofAnAutoencoder(String model) {
    var config = AutoencoderKlConfig.from(read(model + "/vae"));

    assertThat(AutoencoderKlConfig.from(again(config.json()))).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sd15_tiny/text_encoder", "sdxl_tiny/text_encoder", "sdxl_tiny/text_encoder_2"})
  void ofATextEncoder(String folder) {
    var config = ClipTextConfig.from(read(folder));

    assertThat(ClipTextConfig.from(again(config.json()))).isEqualTo(config);
  }

  private static ModelConfig read(String folder) {
    return ModelConfig.read(PIPELINES.resolve(folder).resolve("config.json"));
  }

  private static ModelConfig again(ObjectNode json) {
    return ModelConfig.of("written again", json);
  }
}
