package dev.atelier.runtime.model.upscale;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.layer.Conv2d;
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
import java.util.function.UnaryOperator;

/**
 * The generator of ESRGAN and Real-ESRGAN (Wang et al. 2018 and 2021) under BasicSR's names: a
 * stack of residual-in-residual dense blocks, then twice nearest-neighbour enlargement.
 */
public final class RrdbNet implements AutoCloseable {
  /** The weight file's name, without ending. */
  public static final String STEM = "model";

  static final double SLOPE = 0.2;
  static final int TRUNK_SCALE = 4;

  private final RrdbConfig config;
  private final Modules modules = new Modules();
  private final Conv2d first;
  private final List<List<DenseBlock>> blocks = new ArrayList<>();
  private final Conv2d body;
  private final Conv2d up1;
  private final Conv2d up2;
  private final Conv2d high;
  private final Conv2d last;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public RrdbNet(RrdbConfig config, Weights weights) {
    this.config = config;
    Layers root = Layers.of(weights, modules);
    int channels = config.channels();
    first = root.conv3("conv_first", 3L * config.folded() * config.folded(), channels);
    for (int i = 0; i < config.blocks(); i++) {
      Layers block = root.at("body", i);
      blocks.add(
          List.of(
              new DenseBlock(block.at("rdb1"), config),
              new DenseBlock(block.at("rdb2"), config),
              new DenseBlock(block.at("rdb3"), config)));
    }
    body = root.conv3("conv_body", channels, channels);
    up1 = root.conv3("conv_up1", channels, channels);
    up2 = root.conv3("conv_up2", channels, channels);
    high = root.conv3("conv_hr", channels, channels);
    last = root.conv3("conv_last", channels, 3);
    weights.finish();
  }

  /** Reads a folder with {@code config.json} and the weights. */
  public static RrdbNet load(Torch torch, Path folder, StoredWeights.Storage storage) {
    var config = RrdbConfig.from(ModelConfig.read(folder.resolve("config.json")));
    return new RrdbNet(config, StoredWeights.open(torch, folder, STEM, storage));
  }

  /**
   * Enlarges pictures {@code [batch, 3, height, width]} in [0, 1]; values may lie a little outside.
   * Height and width must be multiples of {@link #multiple}.
   */
  public Tensor forward(Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor entry = first.forward(folded(pixels));
      Tensor features = entry;
      for (List<DenseBlock> block : blocks) {
        features = residual(block, features);
      }
      features = entry.add(body.forward(features));
      features = Ops.leakyRelu(up1.forward(doubled(features)), SLOPE);
      features = Ops.leakyRelu(up2.forward(doubled(features)), SLOPE);
      return scope.keep(last.forward(Ops.leakyRelu(high.forward(features), SLOPE)));
    }
  }

  /** What the height and width of pictures must be divisible by. */
  public int multiple() {
    return config.folded();
  }

  /** How many times larger pictures become. */
  public int scale() {
    return config.scale();
  }

  /** The layers by name. */
  public Modules modules() {
    return modules;
  }

  @Override
  public void close() {
    modules.close();
  }

  private static Tensor residual(List<DenseBlock> block, Tensor x) {
    try (Scope scope = Scope.open()) {
      UnaryOperator<Tensor> dense =
          entry -> {
            Tensor h = entry;
            for (DenseBlock one : block) {
              h = one.forward(h);
            }
            return h;
          };
      return scope.keep(x.combine(1, dense.apply(x), DenseBlock.RESIDUAL_SHARE));
    }
  }

  private static Tensor doubled(Tensor x) {
    return Ops.upsampleNearest(x, 2 * x.size(2), 2 * x.size(3));
  }

  /** Squares of pixels as channels, in the order of torch's pixel_unshuffle. */
  private Tensor folded(Tensor pixels) {
    long edge = config.folded();
    if (edge == 1) {
      return pixels;
    }
    long[] shape = pixels.shape();
    return pixels
        .reshape(shape[0], shape[1], shape[2] / edge, edge, shape[3] / edge, edge)
        .permute(0, 1, 3, 5, 2, 4)
        .reshape(shape[0], shape[1] * edge * edge, shape[2] / edge, shape[3] / edge);
  }
}
