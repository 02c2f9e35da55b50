package dev.atelier.runtime.model.clip;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.layer.Embedding;
import dev.atelier.runtime.model.layer.LayerNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
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
 * CLIPTextModel and CLIPTextModelWithProjection (transformers {@code modeling_clip.py}). Stable
 * Diffusion passes no padding mask.
 */
public final class ClipTextModel implements AutoCloseable {
  /** The weight file's name in a transformers folder, without ending. */
  public static final String STEM = "model";

  /** Checkpoints whose configuration says 2 hold another end token; pool at the largest id then. */
  private static final int LEGACY_END_TOKEN = 2;

  private static final String TOWER = "text_model";
  private static final List<String> BARE = List.of("embeddings.", "encoder.", "final_layer_norm.");

  private final ClipTextConfig config;
  private final Modules modules = new Modules();
  private final Embedding tokens;
  private final Embedding positions;
  private final List<ClipTextLayer> layers = new ArrayList<>();
  private final LayerNorm finalNorm;
  private final Optional<Linear> projection;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public ClipTextModel(ClipTextConfig config, Weights weights) {
    this.config = config;
    Layers root = Layers.of(weights, modules);
    Layers text = root.at(TOWER);
    tokens = text.embedding("embeddings.token_embedding", config.vocabulary(), config.width());
    positions = text.embedding("embeddings.position_embedding", config.positions(), config.width());
    for (int i = 0; i < config.layers(); i++) {
      layers.add(new ClipTextLayer(text.at("encoder.layers", i), config));
    }
    finalNorm = text.layerNorm("final_layer_norm", config.width(), config.normEpsilon());
    projection =
        config.projection() == 0
            ? Optional.empty()
            : Optional.of(
                root.linearWithoutBias("text_projection", config.width(), config.projection()));
    weights.ignore(TOWER + ".embeddings.position_ids");
    weights.finish();
  }

  /** Reads a transformers folder. */
  public static ClipTextModel load(Torch torch, Path folder, StoredWeights.Storage storage) {
    ClipTextConfig config = ClipTextConfig.from(ModelConfig.read(folder.resolve("config.json")));
    return load(config, torch, folder, storage);
  }

  /** Reads the weights of a transformers folder whose configuration lies elsewhere. */
  public static ClipTextModel load(
      ClipTextConfig config, Torch torch, Path folder, StoredWeights.Storage storage) {
    return new ClipTextModel(
        config, StoredWeights.open(torch, folder, STEM, storage, ClipTextModel::named));
  }

  /** Version 5 of transformers writes a text encoder without the prefix of its tower. */
  private static String named(String stored) {
    return BARE.stream().anyMatch(stored::startsWith) ? TOWER + "." + stored : stored;
  }

  /** Encodes int64 ids {@code [batch, tokens]}. */
  public TextStates forward(Tensor ids) {
    return forward(ids, Optional.empty());
  }

  /** With a 0/1 padding mask {@code [batch, tokens]}. */
  public TextStates forward(Tensor ids, Optional<Tensor> paddingMask) {
    if (ids.size(1) > config.positions()) {
      throw new IllegalArgumentException(
          "The text encoder has %d positions but was given %d tokens."
              .formatted(config.positions(), ids.size(1)));
    }
    Tensor places = positions.table().narrow(0, 0, ids.size(1));
    Tensor h = tokens.forward(ids).add(places);
    Optional<Tensor> mask = paddingMask.map(Ops::causalPaddingMask);
    var hidden = new ArrayList<>(List.of(h));
    for (ClipTextLayer layer : layers) {
      h = layer.forward(h, mask);
      hidden.add(h);
    }
    Tensor last = finalNorm.forward(h);
    Tensor pooled = pooled(last, ids);
    return new TextStates(hidden, last, pooled, projection.map(p -> p.forward(pooled)));
  }

  /** A hidden state through the final norm, for skipping the last layers. */
  public Tensor normed(Tensor hidden) {
    return finalNorm.forward(hidden);
  }

  public ClipTextConfig config() {
    return config;
  }

  /** The table of token vectors {@code [vocabulary, width]}. */
  public Tensor tokenTable() {
    return tokens.table();
  }

  /**
   * Adds learnt tokens, {@code [tokens, width]}; their ids follow those of the vocabulary. The
   * caller keeps owning the vectors.
   */
  public void addTokens(Tensor vectors) {
    tokens.extend(vectors);
  }

  /** The layers by name, for adapters and training. */
  public Modules modules() {
    return modules;
  }

  @Override
  public void close() {
    modules.close();
  }

  private Tensor pooled(Tensor last, Tensor ids) {
    int length = (int) ids.size(1);
    long[] all = ids.toLongs();
    long[] rows = new long[(int) ids.size(0)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) i * length + end(all, i * length, length);
    }
    try (Scope scope = Scope.open()) {
      Tensor flat = last.reshape(-1, last.size(2));
      return scope.keep(flat.select(0, ids.torch().tensor(rows, rows.length)));
    }
  }

  private int end(long[] ids, int from, int length) {
    int best = 0;
    for (int i = 0; i < length; i++) {
      if (config.endToken() != LEGACY_END_TOKEN && ids[from + i] == config.endToken()) {
        return i;
      }
      if (ids[from + i] > ids[from + best]) {
        best = i;
      }
    }
    return config.endToken() == LEGACY_END_TOKEN ? best : 0;
  }
}
