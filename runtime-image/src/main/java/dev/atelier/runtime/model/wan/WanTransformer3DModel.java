package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.model.block.BlockStore;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.layer.Conv3d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.layer.Parameter;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Segments;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The denoiser of Wan 2.1 and 2.2 (Wan Team 2025; diffusers {@code transformer_wan.py}): a
 * diffusion transformer over patches of space and time.
 */
public final class WanTransformer3DModel implements AutoCloseable {
  /** The weight file's name in a diffusers folder, without ending. */
  public static final String STEM = "diffusion_pytorch_model";

  private final WanConfig config;
  private final Modules modules = new Modules();
  private final Conv3d patches;
  private final WanConditions conditions;
  private final RotaryPositions positions;
  private final BlockStore<WanBlock> blocks;
  private final Parameter table;
  private final Linear out;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public WanTransformer3DModel(WanConfig config, Weights weights, BlockStore.Residence residence) {
    this(config, weights, residence, read -> {});
  }

  private WanTransformer3DModel(
      WanConfig config, Weights weights, BlockStore.Residence residence, Consumer<Modules> change) {
    this.config = config;
    Layers root = Layers.of(weights, modules);
    List<Integer> patch = config.patch();
    long[] size = {patch.get(0), patch.get(1), patch.get(2)};
    patches = root.conv3d("patch_embedding", config.inChannels(), config.width(), size, size, 0);
    conditions = new WanConditions(root.exact().at("condition_embedder"), config);
    positions = new RotaryPositions(config);
    blocks =
        BlockStore.of(
            residence,
            weights,
            modules,
            config.layers(),
            (all, i) -> new WanBlock(all.at("blocks", i), config),
            change);
    table = root.exact().parameter("scale_shift_table", 1, 2, config.width());
    out = root.linear("proj_out", config.width(), (long) config.outChannels() * config.patchSize());
    weights.finish();
    change.accept(modules);
  }

  /** Reads a diffusers folder. */
  public static WanTransformer3DModel load(
      Torch torch, Path folder, StoredWeights.Storage storage, BlockStore.Residence residence) {
    return load(torch, folder, storage, residence, read -> {});
  }

  /**
   * As above.
   *
   * @param change is done to layers when they were read: to all at once where they stay, to each
   *     block's whenever it comes from the files, and to the rest
   */
  public static WanTransformer3DModel load(
      Torch torch,
      Path folder,
      StoredWeights.Storage storage,
      BlockStore.Residence residence,
      Consumer<Modules> change) {
    var config = WanConfig.from(ModelConfig.read(folder.resolve("config.json")));
    var weights = StoredWeights.open(torch, folder, STEM, storage);
    return new WanTransformer3DModel(config, weights, residence, change);
  }

  /**
   * The predicted flow.
   *
   * @param latents {@code [batch, channels, frames, height, width]}
   * @param timesteps {@code [batch]}, or one per token {@code [batch, tokens]} in the order of
   *     time, height, width
   * @param text {@code [batch, words, text width]}
   */
  public Tensor forward(Tensor latents, Tensor timesteps, Tensor text) {
    return forward(latents, timesteps, text, Segments.DIRECT);
  }

  /**
   * As above.
   *
   * @param segments runs the pieces: what is told of time and text, the patches, each block, the
   *     end
   */
  public Tensor forward(Tensor latents, Tensor timesteps, Tensor text, Segments segments) {
    try (Scope scope = Scope.open()) {
      Grid grid = Grid.of(latents, config.patch());
      TokenTimes times = TokenTimes.of(timesteps);
      Tensor turns = positions.turns(latents.torch(), grid);
      Tensor embedded = segments.run(in -> conditions.embedded(in[0]), times.values());
      Tensor parts = segments.run(in -> conditions.parts(in[0]), embedded);
      Tensor words = segments.run(in -> conditions.text(in[0]), text);
      Tensor h = segments.run(in -> tokens(in[0]), latents);
      for (int i = 0; i < config.layers(); i++) {
        h = throughBlock(i, times, segments, h, parts, words, turns);
      }
      return scope.keep(
          segments.run(
              in -> pictured(projected(in[0], in[1], times.given(2, in)), grid),
              times.with(h, embedded)));
    }
  }

  private Tensor tokens(Tensor latents) {
    return patches
        .forward(latents)
        .reshape(latents.size(0), config.width(), -1)
        .permute(0, 2, 1)
        .contiguous();
  }

  /**
   * @param inputs tokens, the parts of their timesteps, the text, rotary positions
   */
  private Tensor throughBlock(int index, TokenTimes times, Segments segments, Tensor... inputs) {
    Tensor next =
        segments.run(
            in -> {
              var told = new WanBlock.Conditions(times.given(4, in), in[1], in[2], in[3]);
              Tensor h = blocks.open(index).forward(in[0], told);
              blocks.done(index);
              return h;
            },
            times.with(inputs));
    if (segments == Segments.DIRECT) {
      inputs[0].close();
    }
    return next;
  }

  private Tensor projected(Tensor h, Tensor embedded, TokenTimes times) {
    Tensor rows = embedded.reshape(embedded.size(0), 1, embedded.size(1));
    List<Tensor> parts = table.value().add(rows).chunk(2, 1);
    Tensor normed =
        Ops.modulatedNorm(
            h, times.laidOut(parts.get(1)), times.laidOut(parts.get(0)), config.epsilon());
    return out.forward(normed);
  }

  /** From tokens of whole patches to latents. */
  private Tensor pictured(Tensor tokens, Grid grid) {
    List<Integer> patch = config.patch();
    return tokens
        .reshape(
            tokens.size(0),
            grid.frames(),
            grid.height(),
            grid.width(),
            patch.get(0),
            patch.get(1),
            patch.get(2),
            config.outChannels())
        .permute(0, 7, 1, 4, 2, 5, 3, 6)
        .reshape(
            tokens.size(0),
            config.outChannels(),
            (long) grid.frames() * patch.get(0),
            (long) grid.height() * patch.get(1),
            (long) grid.width() * patch.get(2));
  }

  public WanConfig config() {
    return config;
  }

  /** The layers that are resident, by name, for adapters and training. */
  public Modules modules() {
    return modules;
  }

  @Override
  public void close() {
    modules.close();
  }
}
