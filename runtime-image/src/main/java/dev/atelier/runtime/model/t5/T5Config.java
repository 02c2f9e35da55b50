package dev.atelier.runtime.model.t5;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.PretrainedFields;

/**
 * What the {@code config.json} of a T5 or UMT5 encoder says.
 *
 * @param headWidth width of a head; heads times width need not be the model's width
 * @param biasPerBlock whether every block has distances of its own (UMT5) or all share those of the
 *     first (T5)
 * @param buckets how many kinds of distance there are, half of them for each direction
 * @param farthest distance from which on all count the same
 */
public record T5Config(
    int vocabulary,
    int width,
    int feedForwardWidth,
    int layers,
    int heads,
    int headWidth,
    boolean biasPerBlock,
    int buckets,
    int farthest,
    double normEpsilon) {

  /** Reads the fields and fails on any that ask for another architecture. */
  public static T5Config from(ModelConfig config) {
    config.require("model_type", "t5", "umt5");
    config.require("feed_forward_proj", "gated-gelu");
    config.require("dense_act_fn", "gelu_new");
    config.require("is_gated_act", true);
    PretrainedFields.accept(config);
    config.ignore(
        "classifier_dropout",
        "dropout_rate",
        "eos_token_id",
        "n_positions",
        "num_decoder_layers",
        "output_past",
        "scalable_attention",
        "use_cache");
    var parsed =
        new T5Config(
            config.integer("vocab_size"),
            config.integer("d_model"),
            config.integer("d_ff"),
            config.integer("num_layers"),
            config.integer("num_heads"),
            config.integer("d_kv"),
            config.text("model_type").equals("umt5"),
            config.integer("relative_attention_num_buckets", 32),
            config.integer("relative_attention_max_distance", 128),
            config.number("layer_norm_epsilon", 1e-6));
    config.finish();
    return parsed;
  }
}
