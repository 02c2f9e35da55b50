package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.model.config.ModelConfig;
import java.util.List;

/**
 * What the {@code config.json} of a WanTransformer3DModel says.
 *
 * @param patch latents that make one token, in the order time, height, width
 * @param textWidth width of the text encoder's states
 * @param sinusoidWidth width of a timestep before its dense layers
 * @param crossNorm whether a norm precedes the attention to the text
 * @param longest positions that each axis may have
 */
public record WanConfig(
    List<Integer> patch,
    int heads,
    int headWidth,
    int inChannels,
    int outChannels,
    int textWidth,
    int sinusoidWidth,
    int feedForwardWidth,
    int layers,
    boolean crossNorm,
    double epsilon,
    int longest) {

  /** Reads the fields and fails on any that ask for another architecture. */
  public static WanConfig from(ModelConfig config) {
    config.require("_class_name", "WanTransformer3DModel");
    config.require("qk_norm", "rms_norm_across_heads");
    // Both belong to the image-to-video models that read the picture with CLIP.
    config.require("image_dim");
    config.require("added_kv_proj_dim");
    config.require("pos_embed_seq_len");
    var parsed =
        new WanConfig(
            config.integers("patch_size"),
            config.integer("num_attention_heads"),
            config.integer("attention_head_dim"),
            config.integer("in_channels"),
            config.integer("out_channels"),
            config.integer("text_dim"),
            config.integer("freq_dim", 256),
            config.integer("ffn_dim"),
            config.integer("num_layers"),
            config.flag("cross_attn_norm", true),
            config.number("eps", 1e-6),
            config.integer("rope_max_seq_len", 1024));
    config.finish();
    return parsed;
  }

  /** Width of a token. */
  public int width() {
    return heads * headWidth;
  }

  /** Latents in a patch. */
  int patchSize() {
    return patch.get(0) * patch.get(1) * patch.get(2);
  }
}
