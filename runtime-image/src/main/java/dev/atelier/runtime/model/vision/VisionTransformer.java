package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;

/**
 * ViTModel without its pooler, as DINO (Caron et al. 2021) is stored, and Dinov2Model (Oquab et al.
 * 2023), transformers {@code modeling_vit.py} and {@code modeling_dinov2.py}.
 */
public final class VisionTransformer implements AutoCloseable {
  private final Modules modules = new Modules();
  private final VisionTower tower;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  private VisionTransformer(VisionConfig config, Weights weights) {
    tower = new VisionTower(Layers.of(weights, modules), config);
    weights.ignore("embeddings.mask_token");
    weights.ignore("pooler.dense.weight");
    weights.ignore("pooler.dense.bias");
    weights.finish();
  }

  /** Reads a transformers folder. */
  public static VisionTransformer load(Torch torch, Path folder, StoredWeights.Storage storage) {
    ModelConfig config = ModelConfig.read(folder.resolve("config.json"));
    VisionFamily family =
        switch (config.text("model_type")) {
          case "vit" -> VisionFamily.VIT;
          case "dinov2" -> VisionFamily.DINOV2;
          default ->
              throw new UnsupportedConfigException(
                  "%s: model_type = %s is no vision transformer that this release reads (vit, dinov2)."
                      .formatted(config, config.text("model_type")));
        };
    return new VisionTransformer(
        VisionConfig.from(config, family), StoredWeights.open(torch, folder, "model", storage));
  }

  /** Features of pixels {@code [batch, 3, height, width]}; both sizes a multiple of the patch's. */
  public VisionStates forward(Tensor pixels) {
    return tower.forward(pixels);
  }

  @Override
  public void close() {
    modules.close();
  }
}
