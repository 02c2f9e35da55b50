package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Turns pictures {@code [batch, 3, height, width]} in [-1, 1] into latents {@code [batch, latent
 * channels, height / f, width / f]} and back.
 *
 * <p>Denoiser and samplers work on <em>scaled</em> latents (near unit variance): {@link
 * #encodeScaled} and {@link #decodeScaled} are what training and sampling call.
 */
public sealed interface Autoencoder extends AutoCloseable permits AutoencoderKL, AutoencoderTiny {
  /** The weight file's name in a diffusers folder, without ending. */
  String STEM = "diffusion_pytorch_model";

  /** The latents' distribution, unscaled. */
  LatentDistribution encode(Tensor pixels);

  /** Pictures of unscaled latents; values may lie a little outside of [-1, 1]. */
  Tensor decode(Tensor latents);

  /**
   * Height and width in pixels of the overlapping tiles that a picture of a size passes in; none
   * where it passes whole.
   */
  default OptionalInt tileEdge(long height, long width) {
    return OptionalInt.empty();
  }

  /** What its configuration says. */
  AutoencoderConfig config();

  /** The layers by name. */
  Modules modules();

  /** Channels of the latents. */
  default int latentChannels() {
    return config().latentChannels();
  }

  /** The factor f by which latents are smaller than pictures in height and in width. */
  default int compression() {
    return config().compression();
  }

  /** The most likely latents of pictures in [-1, 1], scaled as the denoiser expects them. */
  default Tensor encodeScaled(Tensor pixels) {
    return scaled(encode(pixels).mode());
  }

  /** Pictures of latents as the denoiser made them. */
  default Tensor decodeScaled(Tensor latents) {
    return decode(latents.mul(1 / config().scalingFactor()).add(config().shiftFactor()));
  }

  /** Unscaled latents as the denoiser expects them. */
  default Tensor scaled(Tensor latents) {
    return latents.add(-config().shiftFactor()).mul(config().scalingFactor());
  }

  /**
   * The configuration of a diffusers folder; {@code _class_name} of its {@code config.json}
   * decides.
   *
   * @throws UnsupportedConfigException if it asks for what is not built
   */
  static AutoencoderConfig config(Path folder) {
    ModelConfig config = ModelConfig.read(folder.resolve("config.json"));
    String name = config.text("_class_name");
    return switch (name) {
      case "AutoencoderKL" -> AutoencoderKlConfig.from(config);
      case "AutoencoderTiny" -> AutoencoderTinyConfig.from(config);
      default ->
          throw new UnsupportedConfigException(
              config
                  + ": autoencoder "
                  + name
                  + " is not supported (AutoencoderKL, AutoencoderTiny).");
    };
  }

  /**
   * Reads a diffusers folder.
   *
   * @throws UnsupportedConfigException if the configuration asks for what is not built
   * @throws dev.atelier.runtime.tensor.WeightsException if the weights do not fit it
   */
  static Autoencoder load(Torch torch, Path folder, StoredWeights.Storage storage) {
    var config = config(folder);
    return config instanceof AutoencoderTinyConfig tiny
        ? new AutoencoderTiny(tiny, StoredWeights.open(torch, folder, STEM, storage))
        : new AutoencoderKL(
            (AutoencoderKlConfig) config,
            StoredWeights.open(torch, folder, STEM, storage, AutoencoderKL::todaysName));
  }

  @Override
  default void close() {
    modules().close();
  }
}
