package dev.atelier.runtime.model.t5;

import dev.atelier.runtime.model.block.BlockStore;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.layer.RmsNorm;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Rows;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;
import java.util.Optional;

/**
 * T5EncoderModel and UMT5EncoderModel (Raffel et al. 2020; transformers {@code modeling_t5.py} and
 * {@code modeling_umt5.py}).
 */
public final class T5Encoder implements AutoCloseable {
  /** The weight file's name in a transformers folder, without ending. */
  public static final String STEM = "model";

  /** What a score of a token that is padding is lowered by: the lowest float32. */
  private static final double MASKED = -Float.MAX_VALUE;

  private final T5Config config;
  private final Modules modules = new Modules();
  private final Rows tokens;
  private final BlockStore<T5Block> blocks;
  private final RmsNorm finalNorm;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public T5Encoder(T5Config config, Weights weights, BlockStore.Residence residence) {
    this.config = config;
    Layers root = Layers.of(weights, modules);
    tokens =
        residence == BlockStore.Residence.STREAMED
            ? root.rows("shared", config.vocabulary(), config.width())
            : root.embedding("shared", config.vocabulary(), config.width())::forward;
    // Some files repeat the tied table.
    weights.ignore("encoder.embed_tokens.weight");
    blocks =
        BlockStore.of(
            residence,
            weights,
            modules,
            config.layers(),
            (all, i) ->
                new T5Block(all.at("encoder.block", i), config, i == 0 || config.biasPerBlock()));
    finalNorm = root.rmsNorm("encoder.final_layer_norm", config.width(), config.normEpsilon());
    weights.finish();
  }

  /** Reads a transformers folder. */
  public static T5Encoder load(Torch torch, Path folder, BlockStore.Residence residence) {
    var config = T5Config.from(ModelConfig.read(folder.resolve("config.json")));
    var weights = StoredWeights.open(torch, folder, STEM, StoredWeights.Storage.MAPPED);
    return new T5Encoder(config, weights, residence);
  }

  /** The states {@code [batch, tokens, width]} of int64 ids {@code [batch, tokens]}. */
  public Tensor forward(Tensor ids) {
    return forward(ids, Optional.empty());
  }

  /** With a 0/1 padding mask {@code [batch, tokens]}: nothing attends to tokens with 0. */
  public Tensor forward(Tensor ids, Optional<Tensor> paddingMask) {
    Torch torch = ids.torch();
    int length = (int) ids.size(1);
    try (Scope scope = Scope.open()) {
      Optional<Tensor> padding = paddingMask.map(T5Encoder::lowered);
      Tensor h = tokens.of(ids);
      Optional<Tensor> shared = Optional.empty();
      for (int i = 0; i < config.layers(); i++) {
        T5Block block = blocks.open(i);
        if (i == 0 && !config.biasPerBlock()) {
          shared = block.bias(torch, length);
        }
        Tensor before = h;
        h = block.forward(before, shared, padding);
        before.close();
        blocks.done(i);
      }
      return scope.keep(finalNorm.forward(h));
    }
  }

  public T5Config config() {
    return config;
  }

  /** The layers that are resident, by name. */
  public Modules modules() {
    return modules;
  }

  @Override
  public void close() {
    modules.close();
  }

  /** 0 for tokens to attend to, the lowest number for padding; {@code [batch, 1, 1, tokens]}. */
  private static Tensor lowered(Tensor mask) {
    return mask.to(DType.FLOAT32)
        .mul(-1)
        .add(1)
        .mul(MASKED)
        .reshape(mask.size(0), 1, 1, mask.size(1));
  }
}
