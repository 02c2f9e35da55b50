package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.PretrainedFields;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/**
 * What a vision transformer's configuration says.
 *
 * @param edge pixels of the square picture that the stored positions are for
 * @param patch pixels of a patch's edge
 */
record VisionConfig(
    VisionFamily family,
    int width,
    int feedForwardWidth,
    int layers,
    int heads,
    int edge,
    int patch,
    Activation activation,
    double normEpsilon) {

  /** The feed-forward activation. */
  enum Activation {
    QUICK_GELU,
    GELU;

    Tensor apply(Tensor x) {
      return this == GELU ? Ops.gelu(x) : Ops.quickGelu(x);
    }
  }

  /** Patches along one edge of a picture of the stored size. */
  int grid() {
    return edge / patch;
  }

  /** Reads the fields and fails on any that ask for another architecture. */
  static VisionConfig from(ModelConfig config, VisionFamily family) {
    config.require("hidden_act", "quick_gelu", "gelu");
    config.require("num_channels", 3);
    config.require("qkv_bias", true);
    config.require("use_swiglu_ffn", false);
    config.require("apply_layernorm", true);
    int width = config.integer("hidden_size");
    int feedForward =
        family == VisionFamily.DINOV2
            ? width * config.integer("mlp_ratio", 4)
            : config.integer("intermediate_size");
    boolean clip = family == VisionFamily.CLIP;
    var parsed =
        new VisionConfig(
            family,
            width,
            feedForward,
            config.integer("num_hidden_layers"),
            config.integer("num_attention_heads"),
            config.integer("image_size"),
            config.integer("patch_size"),
            config.text("hidden_act", clip ? "quick_gelu" : "gelu").equals("gelu")
                ? Activation.GELU
                : Activation.QUICK_GELU,
            config.number("layer_norm_eps", family.defaultEpsilon()));
    PretrainedFields.accept(config).finish();
    return parsed;
  }
}
