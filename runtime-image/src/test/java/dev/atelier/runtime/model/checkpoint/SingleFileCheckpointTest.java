package dev.atelier.runtime.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.model.PublishedConfigs;
import dev.atelier.runtime.model.autoencoder.AutoencoderKlConfig;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From files of zeros that take no room. */
class SingleFileCheckpointTest {
  private static final int[] AUTOENCODER = {128, 256, 512, 512};
  private static Torch torch;

  @TempDir private Path folder;

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @Test
  void version1IsRecognised() throws IOException {
    var expected = unet("sd15_unet");
    var checkpoint = SingleFileCheckpoint.open(versionOne(expected).write(file()));

    assertThat(checkpoint.family()).isEqualTo(Family.STABLE_DIFFUSION_1);
    assertThat(checkpoint.prediction()).isEqualTo("epsilon");
    assertThat(checkpoint.unetConfig()).isEqualTo(expected);
    assertThat(checkpoint.autoencoderConfig())
        .isEqualTo(AutoencoderKlConfig.from(PublishedConfigs.read("autoencoder_kl")));
    var text = checkpoint.textConfigs().get(0);
    assertThat(List.of(text.width(), text.feedForwardWidth(), text.layers(), text.heads()))
        .containsExactly(768, 3072, 12, 12);
    assertThat(text.activation()).isEqualTo(ClipTextConfig.Activation.QUICK_GELU);
  }

  @Test
  void version2DropsOpenClipsLastLayer() throws IOException {
    var expected = unet("sd21_unet");
    var layout =
        new OriginalLayout()
            .unet(Family.UNET, expected)
            .autoencoder(Family.AUTOENCODER, 4, AUTOENCODER)
            .openClip("cond_stage_model.model.", 1024, 24);
    var checkpoint = SingleFileCheckpoint.open(layout.write(file()));

    assertThat(checkpoint.family()).isEqualTo(Family.STABLE_DIFFUSION_2);
    assertThat(checkpoint.prediction()).isEqualTo("v_prediction");
    assertThat(checkpoint.unetConfig()).isEqualTo(expected);
    var text = checkpoint.textConfigs().get(0);
    assertThat(List.of(text.width(), text.layers(), text.heads(), text.projection()))
        .containsExactly(1024, 23, 16, 0);
  }

  @Test
  void versionXlHasTwoTextEncoders() throws IOException {
    var expected = unet("sdxl_unet");
    var layout =
        new OriginalLayout()
            .unet(Family.UNET, expected)
            .autoencoder(Family.AUTOENCODER, 4, AUTOENCODER)
            .transformersClip("conditioner.embedders.0.transformer.", 768, 12)
            .openClip("conditioner.embedders.1.model.", 1280, 32);
    var checkpoint = SingleFileCheckpoint.open(layout.write(file()));

    assertThat(checkpoint.family()).isEqualTo(Family.STABLE_DIFFUSION_XL);
    assertThat(checkpoint.unetConfig()).isEqualTo(expected);
    assertThat(checkpoint.autoencoderConfig().scalingFactor()).isEqualTo(0.13025);
    var text = checkpoint.textConfigs().get(1);
    assertThat(List.of(text.width(), text.layers(), text.heads(), text.projection()))
        .containsExactly(1280, 32, 20, 1280);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"sd15_unet", "sd21_unet", "sdxl_unet"})
  void everyTensorOfANarrowerModelFindsItsPlace(String name) throws IOException {
    var unet = narrowed(unet(name));
    var layout =
        new OriginalLayout()
            .unet(Family.UNET, unet)
            .autoencoder(Family.AUTOENCODER, 4, 32, 64, 128, 128);
    switch (name) {
      case "sd15_unet" -> layout.transformersClip("cond_stage_model.transformer.", 64, 3);
      case "sd21_unet" -> layout.openClip("cond_stage_model.model.", 64, 3);
      default ->
          layout
              .transformersClip("conditioner.embedders.0.transformer.", 64, 3)
              .openClip("conditioner.embedders.1.model.", 64, 3);
    }
    var checkpoint = SingleFileCheckpoint.open(layout.write(file()));

    try (var denoiser = checkpoint.unet(torch, Storage.MAPPED);
        var autoencoder = checkpoint.autoencoder(torch, Storage.MAPPED)) {
      assertThat(denoiser.modules().parameters()).hasSizeGreaterThan(600);
      assertThat(autoencoder.modules().parameters()).hasSize(248);
    }
    checkpoint.texts(torch, Storage.MAPPED).forEach(ClipTextModel::close);
  }

  @Test
  void tablesOfTheTrainingCodeAreNoConcern() throws IOException {
    var layout = versionOne(unet("sd15_unet")).put("alphas_cumprod", 1000).put("model_ema.decay");

    assertThat(SingleFileCheckpoint.open(layout.write(file())).family())
        .isEqualTo(Family.STABLE_DIFFUSION_1);
  }

  @Test
  void aTensorOfNoModelIsNamed() throws IOException {
    Path file = versionOne(unet("sd15_unet")).put("control_model.zero", 3).write(file());

    assertThatThrownBy(() -> SingleFileCheckpoint.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("control_model.zero");
  }

  @Test
  void aTensorThatTheDenoiserHasNoPlaceForIsNamed() throws IOException {
    Path file =
        versionOne(narrowed(unet("sd15_unet")))
            .put(Family.UNET + "input_blocks.0.0.wait", 3)
            .write(file());
    var checkpoint = SingleFileCheckpoint.open(file);

    assertThatThrownBy(() -> checkpoint.unet(torch, Storage.MAPPED))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("input_blocks.0.0.wait")
        .hasMessageContaining("nearest known name is input_blocks.0.0.weight");
  }

  @Test
  void aFileOfSomethingElseSaysWhatIsRead() throws IOException {
    Path file = new OriginalLayout().put("blocks.0.weight", 2, 2).write(file());

    assertThatThrownBy(() -> SingleFileCheckpoint.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("only checkpoints of Stable Diffusion 1, 2 and XL");
  }

  /** The same blocks at a fifth of the width. */
  private static UNetConfig narrowed(UNetConfig full) {
    boolean sizes = full.addition().projectionWidth() > 0;
    var channels = full.channels().stream().map(width -> width / 5).toList();
    return new UNetConfig(
        full.sampleSize(),
        full.inChannels(),
        full.outChannels(),
        channels,
        full.downCrossAttention(),
        full.upCrossAttention(),
        full.heads(),
        full.transformerLayers(),
        full.layersPerBlock(),
        sizes ? 128 : 64,
        full.linearProjection(),
        full.upcastAttention(),
        full.normGroups(),
        full.normEpsilon(),
        full.sinusoid(),
        sizes ? new UNetConfig.Addition("text_time", 64, 256, 64 + 6 * 256) : full.addition());
  }

  private static UNetConfig unet(String name) {
    return UNetConfig.from(PublishedConfigs.read(name));
  }

  private static OriginalLayout versionOne(UNetConfig unet) {
    return new OriginalLayout()
        .unet(Family.UNET, unet)
        .autoencoder(Family.AUTOENCODER, 4, AUTOENCODER)
        .transformersClip("cond_stage_model.transformer.", 768, 12);
  }

  private Path file() {
    return folder.resolve("checkpoint.safetensors");
  }
}
