package dev.atelier.runtime.model.wan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.CountingWeights;
import dev.atelier.runtime.model.PublishedConfigs;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.t5.T5Config;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.tensor.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published video models' sizes, from their configurations alone: nothing is allocated. */
class VideoConfigurationTest {
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
    "wan22_ti2v_transformer, 825, 4999787712",
    "wan21_transformer, 825, 1418996800",
  })
  void theDenoiserIsAsLargeAsThePublishedOne(String name, int tensors, long parameters) {
    var weights = new CountingWeights(torch);
    var config = WanConfig.from(PublishedConfigs.read(name));

    new WanTransformer3DModel(config, weights, Residence.RESIDENT).close();

    assertThat(weights.parameters()).isEqualTo(parameters);
    assertThat(weights.tensors()).isEqualTo(tensors);
  }

  @ParameterizedTest(name = "{0} has {1} tensors of {2} values")
  @CsvSource({
    "wan22_autoencoder, 196, 704688668",
    "wan21_autoencoder, 194, 126892531",
  })
  void theAutoencoderIsAsLargeAsThePublishedOne(String name, int tensors, long parameters) {
    var weights = new CountingWeights(torch);

    new AutoencoderKLWan(WanAutoencoderConfig.from(PublishedConfigs.read(name)), weights).close();

    assertThat(weights.parameters()).isEqualTo(parameters);
    assertThat(weights.tensors()).isEqualTo(tensors);
  }

  @Test
  void theTextEncoderHasNearlySixBillionParametersNoMatterHowItsBlocksAreKept() {
    var resident = new CountingWeights(torch);
    var streamed = new CountingWeights(torch);
    var config = T5Config.from(PublishedConfigs.read("umt5_xxl"));

    new T5Encoder(config, resident, Residence.RESIDENT).close();
    new T5Encoder(config, streamed, Residence.STREAMED).close();

    assertThat(resident.parameters()).isEqualTo(5_680_910_336L);
    assertThat(streamed.parameters()).isEqualTo(resident.parameters());
  }
}
