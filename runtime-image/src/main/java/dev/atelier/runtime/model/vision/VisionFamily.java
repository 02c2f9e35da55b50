package dev.atelier.runtime.model.vision;

import java.util.Optional;

/** Vision transformers that differ in the names of their tensors and in where they normalise. */
enum VisionFamily {
  CLIP(
      "encoder.layers",
      new LayerNames(
          "layer_norm1",
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.out_proj",
          "layer_norm2",
          "mlp.fc1",
          "mlp.fc2",
          Optional.empty()),
      1e-5),
  VIT(
      "encoder.layer",
      new LayerNames(
          "layernorm_before",
          "attention.attention.query",
          "attention.attention.key",
          "attention.attention.value",
          "attention.output.dense",
          "layernorm_after",
          "intermediate.dense",
          "output.dense",
          Optional.empty()),
      1e-12),
  DINOV2(
      "encoder.layer",
      new LayerNames(
          "norm1",
          "attention.attention.query",
          "attention.attention.key",
          "attention.attention.value",
          "attention.output.dense",
          "norm2",
          "mlp.fc1",
          "mlp.fc2",
          Optional.of("layer_scale")),
      1e-6);

  private final String layers;
  private final LayerNames names;
  private final double defaultEpsilon;

  /**
   * Names below one layer.
   *
   * @param scale of the factor per channel before each residual, without its number
   */
  record LayerNames(
      String norm1,
      String query,
      String key,
      String value,
      String output,
      String norm2,
      String up,
      String down,
      Optional<String> scale) {}

  VisionFamily(String layers, LayerNames names, double defaultEpsilon) {
    this.layers = layers;
    this.names = names;
    this.defaultEpsilon = defaultEpsilon;
  }

  /** Name of the list of layers. */
  String layers() {
    return layers;
  }

  LayerNames names() {
    return names;
  }

  double defaultEpsilon() {
    return defaultEpsilon;
  }
}
