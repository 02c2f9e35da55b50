package dev.atelier.runtime.model.wan.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.model.PublishedConfigs;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoencoderKLWanTest {
  @AutoClose private static final Torch torch = Torch.start();
  @AutoClose private final Scope scope = Scope.open();

  @ParameterizedTest
  @ValueSource(strings = {"models/wan_vae_21", "models/wan_vae_22"})
  void laterFramesNeverChangeEarlierOnes(String name) {
    try (var autoencoder = load(name)) {
      Tensor latents = noise(1, autoencoder.config().latentChannels(), 3, 4, 4);

      Tensor whole = autoencoder.decode(latents);
      Tensor beginning = autoencoder.decode(latents.narrow(2, 0, 2));

      assertThat(whole.size(2)).isEqualTo(9);
      assertThat(whole.narrow(2, 0, 5).toFloats()).isEqualTo(beginning.toFloats());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"models/wan_vae_21", "models/wan_vae_22"})
  void tilesGiveAClipOfTheSameSizeWhoseFirstTileIsThatTileAlone(String name) {
    try (var autoencoder = load(name)) {
      int side = AutoencoderKLWan.TILE / autoencoder.config().compression();
      Tensor latents = noise(1, autoencoder.config().latentChannels(), 1, side, side + side / 2);
      Tensor first = autoencoder.decode(latents.narrow(4, 0, side));

      autoencoder.useTiles(true);
      Tensor tiled = autoencoder.decode(latents);

      assertThat(tiled.shape()).containsExactly(1, 3, 1, 256, 384);
      assertThat(corner(tiled).sub(corner(first)).abs().max().item()).isZero();
      assertThat(autoencoder.encode(tiled).mean().shape()).isEqualTo(latents.shape());
    }
  }

  @Test
  void normalisedLatentsComeBackAsTheyWere() {
    try (var autoencoder = load("models/wan_vae_22")) {
      Tensor latents = noise(1, 6, 2, 3, 3);

      Tensor back = autoencoder.restored(autoencoder.normalised(latents));

      assertThat(back.toFloats()).containsExactly(latents.toFloats(), Offset.offset(1e-6f));
    }
  }

  @Test
  void aClipOfAnotherNumberOfFramesIsRefusedWithTheNearestOnes() {
    try (var autoencoder = load("models/wan_vae_21")) {
      assertThatThrownBy(() -> autoencoder.encode(noise(1, 3, 120, 8, 8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "A clip has 4k + 1 frames; 120 is none of these. The nearest are 117 and 121.");
    }
  }

  @Test
  void anOddSizeIsRefusedWithTheMultiple() {
    try (var autoencoder = load("models/wan_vae_22")) {
      assertThatThrownBy(() -> autoencoder.encode(noise(1, 3, 1, 360, 640)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("multiples of 16")
          .hasMessageContaining("360 x 640");
    }
  }

  @Test
  void attentionAtOtherSizesIsRefused() throws Exception {
    var config =
        PublishedConfigs.read("wan21_autoencoder")
            .with(new ObjectMapper().readTree("{\"attn_scales\": [0.5]}"));

    assertThatThrownBy(() -> WanAutoencoderConfig.from(config))
        .isInstanceOf(UnsupportedConfigException.class)
        .hasMessageContaining("attn_scales");
  }

  /** What no other tile fades in over. */
  private static Tensor corner(Tensor clip) {
    return clip.narrow(3, 0, 192).narrow(4, 0, 192);
  }

  private static AutoencoderKLWan load(String name) {
    return AutoencoderKLWan.load(torch, Fixtures.folder(name), Storage.MAPPED);
  }

  private static Tensor noise(long... shape) {
    try (var generator = torch.generator(3)) {
      return generator.randn(shape);
    }
  }
}
