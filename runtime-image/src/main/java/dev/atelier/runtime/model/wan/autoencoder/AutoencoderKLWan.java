package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.autoencoder.LatentDistribution;
import dev.atelier.runtime.model.block.Tiles;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.layer.Conv3d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The causal video autoencoder of Wan 2.1 and 2.2 (Wan Team 2025; diffusers {@code
 * autoencoder_kl_wan.py}). Clips {@code [batch, 3, 4k + 1 frames, height, width]} in [-1, 1] pass
 * in chunks of one latent frame; a picture is a clip of one frame.
 */
public final class AutoencoderKLWan implements AutoCloseable {
  /** The weight file's name in a diffusers folder, without ending. */
  public static final String STEM = "diffusion_pytorch_model";

  /** Height and width, in pixels, of the squares of {@link #useTiles}. */
  public static final int TILE = 256;

  private static final double LOG_VARIANCE_MIN = -30;
  private static final double LOG_VARIANCE_MAX = 20;

  private final Torch torch;
  private final WanAutoencoderConfig config;
  private final Modules modules = new Modules();
  private final WanEncoder encoder;
  private final Conv3d quantConv;
  private final Conv3d postQuantConv;
  private final WanDecoder decoder;
  private boolean tiled;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public AutoencoderKLWan(WanAutoencoderConfig config, Weights weights) {
    this.config = config;
    this.torch = weights.torch();
    Layers root = Layers.of(weights, modules);
    int latents = config.latentChannels();
    encoder = new WanEncoder(root.at("encoder"), config);
    quantConv = WanResnet.pointwise(root, "quant_conv", 2L * latents, 2L * latents);
    postQuantConv = WanResnet.pointwise(root, "post_quant_conv", latents, latents);
    decoder = new WanDecoder(root.at("decoder"), config);
    weights.finish();
  }

  /** Reads a diffusers folder. */
  public static AutoencoderKLWan load(Torch torch, Path folder, StoredWeights.Storage storage) {
    var config = WanAutoencoderConfig.from(ModelConfig.read(folder.resolve("config.json")));
    return new AutoencoderKLWan(config, StoredWeights.open(torch, folder, STEM, storage));
  }

  /**
   * Whether clips larger than a square pass in overlapping squares from now on, which bounds the
   * memory and changes them a little.
   */
  public void useTiles(boolean use) {
    tiled = use;
  }

  /** The latents' distribution, not normalised. */
  public LatentDistribution encode(Tensor pixels) {
    requireSize(pixels);
    var tiles = new Tiles(TILE, TILE / config.compression());
    try (Scope scope = Scope.open()) {
      Tensor moments =
          tiled && tiles.cut(pixels) ? tiles.apply(pixels, this::moments) : moments(pixels);
      List<Tensor> parts = moments.chunk(2, 1);
      Tensor logVariance = parts.get(1).clamp(LOG_VARIANCE_MIN, LOG_VARIANCE_MAX);
      return new LatentDistribution(
          scope.keep(parts.get(0).contiguous()), Optional.of(scope.keep(logVariance)));
    }
  }

  /** Clips of latents that are not normalised, in [-1, 1]. */
  public Tensor decode(Tensor latents) {
    var tiles = new Tiles(TILE / config.compression(), TILE);
    return tiled && tiles.cut(latents) ? tiles.apply(latents, this::clip) : clip(latents);
  }

  /** Latents as the denoiser expects them: each channel with mean 0 and deviation 1. */
  public Tensor normalised(Tensor latents) {
    try (Scope scope = Scope.open()) {
      return scope.keep(latents.sub(channels(config.means())).div(channels(config.deviations())));
    }
  }

  /** Latents of the denoiser as {@link #decode} expects them. */
  public Tensor restored(Tensor latents) {
    try (Scope scope = Scope.open()) {
      return scope.keep(latents.mul(channels(config.deviations())).add(channels(config.means())));
    }
  }

  /**
   * Clips {@code [clips, 3, frames, height, width]} in [0, 1] of the denoiser's latents.
   *
   * @param latents that are {@link #normalised}
   */
  public Tensor clips(Tensor latents) {
    try (Scope scope = Scope.open()) {
      return scope.keep(decode(restored(latents)).mul(0.5).add(0.5).clamp(0, 1));
    }
  }

  private Tensor channels(List<Double> values) {
    var floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return torch.tensor(floats, 1, floats.length, 1, 1, 1);
  }

  private void requireSize(Tensor pixels) {
    config.latentFrames((int) pixels.size(2));
    int multiple = config.compression();
    if (pixels.size(3) % multiple != 0 || pixels.size(4) % multiple != 0) {
      throw new IllegalArgumentException(
          "A clip of %d x %d (height, width) cannot be encoded: both must be multiples of %d. Crop or pad it."
              .formatted(pixels.size(3), pixels.size(4), multiple));
    }
  }

  private Tensor moments(Tensor pixels) {
    try (Scope scope = Scope.open();
        var memory = new FrameMemory()) {
      Tensor clip = config.patch() == 1 ? pixels : Frames.folded(pixels, config.patch());
      var chunks = new ArrayList<Tensor>();
      int step = config.temporalCompression();
      for (long at = 0; at < clip.size(2); at += chunks.size() == 1 ? 1 : step) {
        chunks.add(encoder.forward(clip.narrow(2, at, at == 0 ? 1 : step), memory));
      }
      return scope.keep(quantConv.forward(Ops.concat(2, chunks)));
    }
  }

  private Tensor clip(Tensor latents) {
    try (Scope scope = Scope.open();
        var memory = new FrameMemory()) {
      Tensor z = postQuantConv.forward(latents);
      var chunks = new ArrayList<Tensor>();
      for (long at = 0; at < z.size(2); at++) {
        chunks.add(decoder.forward(z.narrow(2, at, 1), memory, at == 0));
      }
      Tensor folded = Ops.concat(2, chunks);
      chunks.forEach(Tensor::close);
      Tensor pixels = config.patch() == 1 ? folded : Frames.unfolded(folded, config.patch());
      return scope.keep(pixels.clamp(-1, 1));
    }
  }

  public WanAutoencoderConfig config() {
    return config;
  }

  /** The layers by name. */
  public Modules modules() {
    return modules;
  }

  @Override
  public void close() {
    modules.close();
  }
}
