package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.model.layer.LayerNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layers that CLIP's vision model, ViT (Dosovitskiy et al. 2020) and DINOv2 share. */
final class VisionTower {
  private final boolean normsAll;
  private final PatchEmbedding embedding;
  private final Optional<LayerNorm> firstNorm;
  private final List<VisionLayer> layers = new ArrayList<>();
  private final LayerNorm finalNorm;

  VisionTower(Layers at, VisionConfig config) {
    boolean clip = config.family() == VisionFamily.CLIP;
    normsAll = !clip;
    embedding = PatchEmbedding.of(at.at("embeddings"), config);
    // The misspelling is the name in every checkpoint.
    firstNorm =
        clip
            ? Optional.of(at.layerNorm("pre_layrnorm", config.width(), config.normEpsilon()))
            : Optional.empty();
    for (int i = 0; i < config.layers(); i++) {
      layers.add(new VisionLayer(at.at(config.family().layers(), i), config));
    }
    finalNorm =
        at.layerNorm(clip ? "post_layernorm" : "layernorm", config.width(), config.normEpsilon());
  }

  /** Pixels {@code [batch, 3, height, width]}, normalised as the model's preprocessor says. */
  VisionStates forward(Tensor pixels) {
    Tensor h = embedding.forward(pixels);
    if (firstNorm.isPresent()) {
      h = firstNorm.get().forward(h);
    }
    for (VisionLayer layer : layers) {
      h = layer.forward(h);
    }
    Tensor last = normsAll ? finalNorm.forward(h) : h;
    Tensor token = last.narrow(1, 0, 1).reshape(last.size(0), last.size(2));
    return new VisionStates(last, normsAll ? token : finalNorm.forward(token));
  }
}
