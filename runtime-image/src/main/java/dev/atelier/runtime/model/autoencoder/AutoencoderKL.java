package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.block.Tiles;
import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The variational autoencoder of Stable Diffusion (Rombach et al. 2022; diffusers {@code
 * autoencoder_kl.py}).
 */
public final class AutoencoderKL implements Autoencoder {
  /** Pixels up to which a picture passes whole: 1024 x 1024, as Stable Diffusion XL draws. */
  public static final long WHOLE_PIXELS = 1024L * 1024;

  private static final double LOG_VARIANCE_MIN = -30;
  private static final double LOG_VARIANCE_MAX = 20;
  private static final int HEIGHT = -2;
  private static final int WIDTH = -1;

  private final AutoencoderKlConfig config;
  private final Modules modules = new Modules();
  private final KlEncoder encoder;
  private final Optional<Conv2d> quantConv;
  private final Optional<Conv2d> postQuantConv;
  private final KlDecoder decoder;
  private long wholePixels = WHOLE_PIXELS;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public AutoencoderKL(AutoencoderKlConfig config, Weights weights) {
    this.config = config;
    Layers root = Layers.of(weights, modules);
    int latents = config.latentChannels();
    encoder = new KlEncoder(root.at("encoder"), config);
    decoder = new KlDecoder(root.at("decoder"), config);
    quantConv =
        config.quantConv()
            ? Optional.of(root.conv("quant_conv", 2L * latents, 2L * latents, 1, 1, 0))
            : Optional.empty();
    postQuantConv =
        config.postQuantConv()
            ? Optional.of(root.conv("post_quant_conv", latents, latents, 1, 1, 0))
            : Optional.empty();
    weights.finish();
  }

  /** The name that attention weights of files written before diffusers 0.15 have today. */
  static String todaysName(String name) {
    String today = name;
    for (List<String> pair :
        List.of(
            List.of("query", "to_q"),
            List.of("key", "to_k"),
            List.of("value", "to_v"),
            List.of("proj_attn", "to_out.0"))) {
      today =
          today.replace(".attentions.0." + pair.get(0) + ".", ".attentions.0." + pair.get(1) + ".");
    }
    return today;
  }

  /**
   * Pictures of more pixels than these, and larger than those of training, pass in overlapping
   * tiles of the size of training from now on, as after diffusers' {@code enable_tiling}: that
   * bounds the memory and changes them a little. {@link #WHOLE_PIXELS} unless it is set.
   */
  public void useTilesAbove(long pixels) {
    wholePixels = pixels;
  }

  @Override
  public OptionalInt tileEdge(long height, long width) {
    int edge = config.sampleSize();
    boolean cut = height * width > wholePixels && Math.max(height, width) > edge;
    return cut ? OptionalInt.of(edge) : OptionalInt.empty();
  }

  @Override
  public LatentDistribution encode(Tensor pixels) {
    var edge = tileEdge(pixels.size(HEIGHT), pixels.size(WIDTH));
    try (Scope scope = Scope.open()) {
      Tensor moments =
          edge.isPresent()
              ? new Tiles(edge.getAsInt(), edge.getAsInt() / compression())
                  .apply(pixels, this::moments)
              : moments(pixels);
      List<Tensor> parts = moments.chunk(2, 1);
      Tensor logVariance = parts.get(1).clamp(LOG_VARIANCE_MIN, LOG_VARIANCE_MAX);
      return new LatentDistribution(
          scope.keep(parts.get(0).contiguous()), Optional.of(scope.keep(logVariance)));
    }
  }

  @Override
  public Tensor decode(Tensor latents) {
    var edge = tileEdge(latents.size(HEIGHT) * compression(), latents.size(WIDTH) * compression());
    return edge.isPresent()
        ? new Tiles(edge.getAsInt() / compression(), edge.getAsInt()).apply(latents, this::whole)
        : whole(latents);
  }

  private Tensor moments(Tensor pixels) {
    Tensor h = encoder.forward(pixels);
    return quantConv.isPresent() ? quantConv.get().forward(h) : h;
  }

  private Tensor whole(Tensor latents) {
    try (Scope scope = Scope.open()) {
      Tensor z = postQuantConv.isPresent() ? postQuantConv.get().forward(latents) : latents;
      return scope.keep(decoder.forward(z));
    }
  }

  @Override
  public AutoencoderKlConfig config() {
    return config;
  }

  @Override
  public Modules modules() {
    return modules;
  }
}
