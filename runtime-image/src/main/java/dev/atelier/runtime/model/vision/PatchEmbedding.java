package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;

/** A class token and one token per patch, with positions. */
final class PatchEmbedding {
  private final VisionConfig config;
  private final Conv2d patches;
  private final Tensor classToken;
  private final Tensor positions;

  private PatchEmbedding(VisionConfig config, Conv2d patches, Tensor classToken, Tensor positions) {
    this.config = config;
    this.patches = patches;
    this.classToken = classToken;
    this.positions = positions;
  }

  /** The embedding of a family, below {@code embeddings}. */
  static PatchEmbedding of(Layers at, VisionConfig config) {
    int width = config.width();
    int patch = config.patch();
    long tokens = 1 + (long) config.grid() * config.grid();
    if (config.family() == VisionFamily.CLIP) {
      return new PatchEmbedding(
          config,
          at.convWithoutBias("patch_embedding", 3, width, patch, patch, 0),
          at.parameter("class_embedding", width).value(),
          at.embedding("position_embedding", tokens, width).table());
    }
    return new PatchEmbedding(
        config,
        at.conv("patch_embeddings.projection", 3, width, patch, patch, 0),
        at.parameter("cls_token", 1, 1, width).value(),
        at.parameter("position_embeddings", 1, tokens, width).value());
  }

  /** Pixels {@code [batch, 3, height, width]} to {@code [batch, 1 + patches, width]}. */
  Tensor forward(Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor grid = patches.forward(pixels);
      long batch = grid.size(0);
      long width = config.width();
      Tensor tokens = grid.reshape(batch, width, -1).permute(0, 2, 1);
      Tensor first = classToken.reshape(1, 1, width).expand(batch, 1, width);
      Tensor all = Ops.concat(1, first, tokens);
      return scope.keep(all.add(positions(grid.size(2), grid.size(3))));
    }
  }

  /** Positions of another grid are resized bicubically, the class token's stays. */
  private Tensor positions(long height, long width) {
    long side = config.grid();
    Tensor stored = positions.reshape(1, 1 + side * side, config.width());
    if (height == side && width == side) {
      return stored;
    }
    if (config.family() == VisionFamily.CLIP) {
      throw new IllegalArgumentException(
          "CLIP reads pictures of %d x %d pixels only; check preprocessor_config.json"
              .formatted(config.edge(), config.edge()));
    }
    Tensor grid =
        stored.narrow(1, 1, side * side).reshape(1, side, side, config.width()).permute(0, 3, 1, 2);
    Tensor resized = Ops.upsampleBicubic(grid.contiguous(), height, width);
    Tensor rows = resized.permute(0, 2, 3, 1).reshape(1, height * width, config.width());
    return Ops.concat(1, stored.narrow(1, 0, 1), rows);
  }
}
