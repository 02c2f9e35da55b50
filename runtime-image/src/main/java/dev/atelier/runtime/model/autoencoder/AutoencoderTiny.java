package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The small convolutional autoencoder in the layout of TAESD (diffusers {@code
 * autoencoder_tiny.py}): deterministic, every parameter named {@code encoder.layers.N} or {@code
 * decoder.layers.N}, where activations and up-sampling take numbers too.
 */
public final class AutoencoderTiny implements Autoencoder {
  /** Latents beyond this magnitude are squashed before decoding. */
  private static final double SQUASH = 3;

  private final AutoencoderTinyConfig config;
  private final Modules modules = new Modules();
  private final List<TinyLayer> encoder;
  private final List<TinyLayer> decoder;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public AutoencoderTiny(AutoencoderTinyConfig config, Weights weights) {
    this.config = config;
    Layers root = Layers.of(weights, modules);
    encoder = encoder(root.at("encoder"), config);
    decoder = decoder(root.at("decoder"), config);
    weights.finish();
  }

  @Override
  public LatentDistribution encode(Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor latents = walk(encoder, pixels.add(1).mul(0.5));
      return new LatentDistribution(scope.keep(latents), Optional.empty());
    }
  }

  @Override
  public Tensor decode(Tensor latents) {
    try (Scope scope = Scope.open()) {
      Tensor squashed = latents.mul(1 / SQUASH).tanh().mul(SQUASH);
      return scope.keep(walk(decoder, squashed).mul(2).add(-1));
    }
  }

  @Override
  public AutoencoderTinyConfig config() {
    return config;
  }

  @Override
  public Modules modules() {
    return modules;
  }

  private static Tensor walk(List<TinyLayer> layers, Tensor x) {
    Tensor h = x;
    for (TinyLayer layer : layers) {
      h = layer.forward(h);
    }
    return h;
  }

  private static List<TinyLayer> encoder(Layers at, AutoencoderTinyConfig config) {
    var layers = new ArrayList<TinyLayer>();
    int width = config.encoderChannels().get(0);
    layers.add(at.conv3("layers.0", config.inChannels(), width)::forward);
    for (int stage = 0; stage < config.encoderBlocks().size(); stage++) {
      if (stage > 0) {
        layers.add(at.convWithoutBias(next(layers), width, width, 3, 2, 1)::forward);
      }
      addBlocks(at, layers, width, config.encoderBlocks().get(stage));
    }
    layers.add(at.conv3(next(layers), width, config.latentChannels())::forward);
    return layers;
  }

  private static List<TinyLayer> decoder(Layers at, AutoencoderTinyConfig config) {
    var layers = new ArrayList<TinyLayer>();
    int width = config.decoderChannels().get(0);
    layers.add(at.conv3("layers.0", config.latentChannels(), width)::forward);
    layers.add(Ops::relu);
    int stages = config.decoderBlocks().size();
    for (int stage = 0; stage < stages; stage++) {
      addBlocks(at, layers, width, config.decoderBlocks().get(stage));
      if (stage < stages - 1) {
        layers.add(x -> Ops.upsampleNearest(x, 2 * x.size(2), 2 * x.size(3)));
        layers.add(at.convWithoutBias(next(layers), width, width, 3, 1, 1)::forward);
      }
    }
    layers.add(at.conv3(next(layers), width, config.outChannels())::forward);
    return layers;
  }

  private static void addBlocks(Layers at, List<TinyLayer> layers, int width, int count) {
    for (int i = 0; i < count; i++) {
      layers.add(new TinyBlock(at.at(next(layers)), width));
    }
  }

  private static String next(List<TinyLayer> layers) {
    return "layers." + layers.size();
  }
}
