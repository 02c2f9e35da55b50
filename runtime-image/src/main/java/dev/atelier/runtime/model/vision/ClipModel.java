package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.PretrainedFields;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.layer.Parameter;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** CLIPModel (Radford et al. 2021), transformers {@code modeling_clip.py}: text and pictures. */
public final class ClipModel implements AutoCloseable {
  private final Modules modules = new Modules();
  private final ClipTextModel text;
  private final VisionTower vision;
  private final Linear textProjection;
  private final Linear visualProjection;
  private final Parameter logitScale;

  /** Builds the model and takes every weight it needs; fails if any is left over. */
  public ClipModel(ModelConfig config, Weights weights) {
    var textConfig =
        ClipTextConfig.from(
            PretrainedFields.accept(config.part("text_config", "text_config_dict")));
    var visionConfig =
        VisionConfig.from(config.part("vision_config", "vision_config_dict"), VisionFamily.CLIP);
    int shared = config.integer("projection_dim", 512);
    PretrainedFields.accept(config).finish();
    Layers root = Layers.of(weights, modules);
    text = new ClipTextModel(textConfig, new PartOfWeights(weights));
    vision = new VisionTower(root.at("vision_model"), visionConfig);
    textProjection = root.linearWithoutBias("text_projection", textConfig.width(), shared);
    visualProjection = root.linearWithoutBias("visual_projection", visionConfig.width(), shared);
    logitScale = root.parameter("logit_scale");
    weights.ignore("vision_model.embeddings.position_ids");
    weights.finish();
  }

  /** Reads a transformers folder. */
  public static ClipModel load(Torch torch, Path folder, StoredWeights.Storage storage) {
    return new ClipModel(
        ModelConfig.read(folder.resolve("config.json")),
        StoredWeights.open(torch, folder, "model", storage));
  }

  /** The tower of captions; it lives as long as this model. */
  public ClipTextModel text() {
    return text;
  }

  /** Projected features of int64 ids {@code [batch, tokens]}, not of unit length. */
  public Tensor textFeatures(Tensor ids) {
    return textProjection.forward(text.forward(ids).pooled());
  }

  /** Projected features of pixels {@code [batch, 3, edge, edge]}, not of unit length. */
  public Tensor imageFeatures(Tensor pixels) {
    return imageFeatures(vision(pixels));
  }

  /** The projection of states that {@link #vision} gave. */
  public Tensor imageFeatures(VisionStates states) {
    return visualProjection.forward(states.pooled());
  }

  /** The vision model's states before the projection. */
  public VisionStates vision(Tensor pixels) {
    return vision.forward(pixels);
  }

  /** Factor of cosines in the contrastive loss: {@code exp(logit_scale)}. */
  public double logitScale() {
    return Math.exp(logitScale.value().item());
  }

  /** The cosines of every picture with every text times that factor; {@code [pictures, texts]}. */
  public Tensor logits(Tensor pixels, Tensor ids) {
    var pictures = unit(imageFeatures(pixels));
    var texts = unit(textFeatures(ids));
    return pictures.matmul(texts.permute(1, 0)).mul(logitScale.value().exp());
  }

  /** Every parameter by its name in the weight file. */
  public Map<String, Tensor> parameters() {
    var parameters = new LinkedHashMap<>(modules.parameters());
    parameters.putAll(text.modules().parameters());
    return parameters;
  }

  /** Rows of unit length. */
  public static Tensor unit(Tensor features) {
    return features.div(features.square().sum(-1).sqrt());
  }

  @Override
  public void close() {
    modules.close();
    text.close();
  }
}
