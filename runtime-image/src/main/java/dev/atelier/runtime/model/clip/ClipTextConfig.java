package dev.atelier.runtime.model.clip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;

/**
 * What the {@code config.json} of a CLIP text encoder says.
 *
 * @param projection width of the projected pooled text, 0 for a model without
 */
public record ClipTextConfig(
    int vocabulary,
    int width,
    int feedForwardWidth,
    int layers,
    int heads,
    int positions,
    Activation activation,
    double normEpsilon,
    int endToken,
    int projection) {

  private static final String PLAIN = "CLIPTextModel";
  private static final String PROJECTED = "CLIPTextModelWithProjection";

  /** The feed-forward activation. */
  public enum Activation {
    QUICK_GELU,
    GELU;

    Tensor apply(Tensor x) {
      return this == GELU ? Ops.gelu(x) : Ops.quickGelu(x);
    }
  }

  /** Reads the fields and fails on any that ask for another architecture. */
  public static ClipTextConfig from(ModelConfig config) {
    config.require("hidden_act", "quick_gelu", "gelu");
    config.require("model_type", "clip_text_model");
    config.requireEach("architectures", PLAIN, PROJECTED);
    config.require("attention_dropout", 0);
    config.require("dropout", 0);
    config.ignore(
        "bos_token_id",
        "dtype",
        "initializer_factor",
        "initializer_range",
        "pad_token_id",
        "torch_dtype",
        "transformers_version");
    boolean projects =
        config.has("architectures") && config.texts("architectures").equals(List.of(PROJECTED));
    int projection = config.integer("projection_dim", 512);
    var parsed =
        new ClipTextConfig(
            config.integer("vocab_size", 49408),
            config.integer("hidden_size", 512),
            config.integer("intermediate_size", 2048),
            config.integer("num_hidden_layers", 12),
            config.integer("num_attention_heads", 8),
            config.integer("max_position_embeddings", 77),
            config.text("hidden_act", "quick_gelu").equals("gelu")
                ? Activation.GELU
                : Activation.QUICK_GELU,
            config.number("layer_norm_eps", 1e-5),
            config.integer("eos_token_id", 49407),
            projects ? projection : 0);
    config.finish();
    return parsed;
  }

  /** The class of transformers that is such a text encoder. */
  public String architecture() {
    return projection > 0 ? PROJECTED : PLAIN;
  }

  /** These fields as a {@code config.json} says them; {@link #from} reads them back. */
  public ObjectNode json() {
    var json = ConfigFolder.empty().put("model_type", "clip_text_model");
    ConfigFolder.put(json, "architectures", List.of(architecture()));
    json.put("vocab_size", vocabulary).put("max_position_embeddings", positions);
    json.put("hidden_size", width).put("intermediate_size", feedForwardWidth);
    json.put("num_hidden_layers", layers).put("num_attention_heads", heads);
    json.put("hidden_act", activation == Activation.GELU ? "gelu" : "quick_gelu");
    json.put("layer_norm_eps", normEpsilon).put("eos_token_id", endToken);
    json.put("projection_dim", projection > 0 ? projection : width);
    return json;
  }
}
