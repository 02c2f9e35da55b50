package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.model.block.TimestepEmbedding;
import dev.atelier.runtime.model.block.Timesteps;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.GroupNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Segments;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The text-conditioned denoiser (Rombach et al. 2022; diffusers {@code unet_2d_condition.py}): from
 * noisy latents, a timestep and text to the model's prediction (noise, velocity or sample).
 */
public final class UNet2DConditionModel implements AutoCloseable {
  /** The weight file's name in a diffusers folder, without ending. */
  public static final String STEM = "diffusion_pytorch_model";

  private final UNetConfig config;
  private final Modules modules = new Modules();
  private final Timesteps timesteps;
  private final TimestepEmbedding timeEmbedding;
  private final AddedEmbedding addedEmbedding;
  private final Conv2d convIn;
  private final List<DownBlock> down = new ArrayList<>();
  private final MidBlock mid;
  private final List<UpBlock> up = new ArrayList<>();
  private final GroupNorm normOut;
  private final Conv2d convOut;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public UNet2DConditionModel(UNetConfig config, Weights weights) {
    this.config = config;
    Layers root = Layers.of(weights, modules);
    int first = config.channels().get(0);
    timesteps = new Timesteps(first, config.sinusoid());
    timeEmbedding = new TimestepEmbedding(root.at("time_embedding"), first, config.timeWidth());
    addedEmbedding = AddedEmbedding.of(root, config);
    convIn = root.conv3("conv_in", config.inChannels(), first);
    for (int i = 0; i < config.channels().size(); i++) {
      down.add(new DownBlock(root.at("down_blocks", i), config, i));
    }
    mid = new MidBlock(root.at("mid_block"), config);
    for (int i = 0; i < config.channels().size(); i++) {
      up.add(new UpBlock(root.at("up_blocks", i), config, i));
    }
    normOut = root.groupNorm("conv_norm_out", first, config.normGroups(), config.normEpsilon());
    convOut = root.conv3("conv_out", first, config.outChannels());
    weights.finish();
  }

  /** Reads a diffusers folder. */
  public static UNet2DConditionModel load(Torch torch, Path folder, StoredWeights.Storage storage) {
    UNetConfig config = UNetConfig.from(ModelConfig.read(folder.resolve("config.json")));
    return new UNet2DConditionModel(config, StoredWeights.open(torch, folder, STEM, storage));
  }

  /**
   * The prediction, of the sample's shape.
   *
   * @param sample noisy latents {@code [batch, in channels, height, width]}
   * @param timestep one number per sample, {@code [batch]}
   */
  public Tensor forward(Tensor sample, Tensor timestep, Conditions conditions) {
    return forward(sample, timestep, conditions, TextKeys.ANEW);
  }

  /**
   * As above.
   *
   * @param keys gives the text's keys and values, which are the same at every step of a picture
   */
  public Tensor forward(Tensor sample, Tensor timestep, Conditions conditions, TextKeys keys) {
    return forward(sample, timestep, conditions, keys, Segments.DIRECT);
  }

  /**
   * As above, computed in the sample's type.
   *
   * @param segments runs the pieces: stem, time embedding, each pair of residual block and
   *     transformer, head
   */
  public Tensor forward(Tensor sample, Tensor timestep, Conditions conditions, Segments segments) {
    return forward(sample, timestep, conditions, TextKeys.ANEW, segments);
  }

  private Tensor forward(
      Tensor sample, Tensor timestep, Conditions conditions, TextKeys keys, Segments segments) {
    try (Scope scope = Scope.open()) {
      Tensor time = time(timestep, sample.dtype(), conditions, segments);
      var passage = new Passage(time, conditions.text(), keys, segments);
      var skips = new ArrayDeque<Tensor>();
      Tensor h = segments.run(in -> convIn.forward(in[0]), sample);
      skips.push(h);
      for (DownBlock block : down) {
        h = block.forward(h, passage, skips);
      }
      h = segments.run(in -> mid.forward(in[0], in[1], in[2], keys), h, time, passage.text());
      for (UpBlock block : up) {
        h = block.forward(h, passage, skips);
      }
      return scope.keep(segments.run(in -> convOut.forward(normOut.forwardSilu(in[0])), h));
    }
  }

  /** With text alone. */
  public Tensor forward(Tensor sample, Tensor timestep, Tensor text) {
    return forward(sample, timestep, Conditions.of(text));
  }

  public UNetConfig config() {
    return config;
  }

  /** The layers by name, for adapters and training. */
  public Modules modules() {
    return modules;
  }

  @Override
  public void close() {
    modules.close();
  }

  private Tensor time(Tensor timestep, DType type, Conditions conditions, Segments segments) {
    Tensor waves = timesteps.forward(timestep).to(type);
    if (addedEmbedding instanceof AddedEmbedding.Nothing) {
      return segments.run(in -> Ops.silu(timeEmbedding.forward(in[0])), waves);
    }
    var size = conditions.size();
    return segments.run(
        in -> {
          var own =
              new Conditions(
                  in[1].to(type), size.map(s -> new Conditions.Size(in[2].to(type), s.timeIds())));
          return Ops.silu(timeEmbedding.forward(in[0]).add(addedEmbedding.forward(own)));
        },
        waves,
        conditions.text(),
        size.map(Conditions.Size::textEmbeds).orElse(waves));
  }
}
