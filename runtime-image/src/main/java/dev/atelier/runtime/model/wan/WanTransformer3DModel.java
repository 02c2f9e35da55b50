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
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;
import java.util.List;

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
    this.config = config;
    Layers root = Layers.of(weights, modules);
    List<Integer> patch = config.patch();
    long[] size = {patch.get(0), patch.get(1), patch.get(2)};
    patches = root.conv3d("patch_embedding", config.inChannels(), config.width(), size, size, 0);
    conditions = new WanConditions(root.at("condition_embedder"), config);
    positions = new RotaryPositions(config);
    blocks =
        BlockStore.of(
            residence,
            weights,
            modules,
            config.layers(),
            (all, i) -> new WanBlock(all.at("blocks", i), config));
    table = root.parameter("scale_shift_table", 1, 2, config.width());
    out = root.linear("proj_out", config.width(), (long) config.outChannels() * config.patchSize());
    weights.finish();
  }

  /** Reads a diffusers folder. */
  public static WanTransformer3DModel load(
      Torch torch, Path folder, StoredWeights.Storage storage, BlockStore.Residence residence) {
    var config = WanConfig.from(ModelConfig.read(folder.resolve("config.json")));
    var weights = StoredWeights.open(torch, folder, STEM, storage);
    return new WanTransformer3DModel(config, weights, residence);
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
    try (Scope scope = Scope.open()) {
      Grid grid = Grid.of(latents, config.patch());
      TokenTimes times = TokenTimes.of(timesteps);
      Tensor embedded = conditions.embedded(times.values());
      var told =
          new WanBlock.Conditions(
              times,
              conditions.parts(embedded),
              conditions.text(text),
              positions.turns(latents.torch(), grid));
      Tensor tokens =
          patches.forward(latents).reshape(latents.size(0), config.width(), -1).permute(0, 2, 1);
      Tensor h = throughBlocks(tokens.contiguous(), told);
      return scope.keep(pictured(projected(h, embedded, times), grid));
    }
  }

  private Tensor throughBlocks(Tensor tokens, WanBlock.Conditions told) {
    Tensor h = tokens;
    for (int i = 0; i < config.layers(); i++) {
      Tensor before = h;
      h = blocks.open(i).forward(before, told);
      before.close();
      blocks.done(i);
    }
    return h;
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
