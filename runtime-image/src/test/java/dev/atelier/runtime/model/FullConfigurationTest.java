package dev.atelier.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.autoencoder.AutoencoderKL;
import dev.atelier.runtime.model.autoencoder.AutoencoderKlConfig;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published models' sizes, from their configurations alone: no weights are allocated. */
class FullConfigurationTest {
  private static Torch torch;

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @ParameterizedTest(name = "{0} has {1} tensors of {2} values")
  @CsvSource({
    "sd15_unet, 686, 859520964",
    "sd21_unet, 686, 865910724",
    "sdxl_unet, 1680, 2567463684"
  })
  void theDenoiserIsAsLargeAsThePublishedOne(String name, int tensors, long parameters) {
    var weights = new CountingWeights(torch);

    new UNet2DConditionModel(UNetConfig.from(PublishedConfigs.read(name)), weights).close();

    assertThat(weights.parameters()).isEqualTo(parameters);
    assertThat(weights.tensors()).isEqualTo(tensors);
  }

  /** Of Stable Diffusion 1.5 and XL, of 2.1 without OpenCLIP's last layer, of XL. */
  @ParameterizedTest(name = "{0} has {1} tensors of {2} values")
  @CsvSource({
    "clip_vit_l_text, 196, 123060480",
    "openclip_vit_h_text, 372, 340387840",
    "openclip_vit_bigg_text, 517, 694659840"
  })
  void aTextEncoderIsAsLargeAsThePublishedOne(String name, int tensors, long parameters) {
    var weights = new CountingWeights(torch);

    new ClipTextModel(ClipTextConfig.from(PublishedConfigs.read(name)), weights).close();

    assertThat(weights.parameters()).isEqualTo(parameters);
    assertThat(weights.tensors()).isEqualTo(tensors);
  }

  @Test
  void theAutoencoderIsAsLargeAsThePublishedOne() {
    var weights = new CountingWeights(torch);

    new AutoencoderKL(AutoencoderKlConfig.from(PublishedConfigs.read("autoencoder_kl")), weights)
        .close();

    assertThat(weights.parameters()).isEqualTo(83_653_863L);
    assertThat(weights.tensors()).isEqualTo(248);
  }
}
