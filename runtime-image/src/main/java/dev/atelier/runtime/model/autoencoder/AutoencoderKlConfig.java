package dev.atelier.runtime.model.autoencoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.config.ModelConfig;
import java.util.Collections;
import java.util.List;

/**
 * What the {@code config.json} of an AutoencoderKL says.
 *
 * @param channels width of each stage, finest first
 * @param layersPerBlock residual blocks per stage of the encoder; the decoder has one more
 * @param middleAttention whether the middle has self-attention
 * @param quantConv whether a 1x1 convolution follows the encoder
 * @param postQuantConv whether a 1x1 convolution precedes the decoder
 * @param sampleSize height and width of the pictures of training, and of tiles; 512 where the file
 *     does not say
 */
public record AutoencoderKlConfig(
    int inChannels,
    int outChannels,
    int latentChannels,
    List<Integer> channels,
    int layersPerBlock,
    int normGroups,
    boolean middleAttention,
    boolean quantConv,
    boolean postQuantConv,
    double scalingFactor,
    double shiftFactor,
    int sampleSize)
    implements AutoencoderConfig {

  static final double NORM_EPSILON = 1e-6;

  @Override
  public int compression() {
    return 1 << (channels.size() - 1);
  }

  /** Reads the fields and fails on any that ask for another architecture. */
  public static AutoencoderKlConfig from(ModelConfig config) {
    config.require("act_fn", "silu");
    requireAll(config, "down_block_types", "DownEncoderBlock2D");
    requireAll(config, "up_block_types", "UpDecoderBlock2D");
    config.require("latents_mean");
    config.require("latents_std");
    // Everything is computed in float32, which force_upcast asks for.
    config.ignore("force_upcast");
    var parsed =
        new AutoencoderKlConfig(
            config.integer("in_channels", 3),
            config.integer("out_channels", 3),
            config.integer("latent_channels", 4),
            config.integers("block_out_channels"),
            config.integer("layers_per_block", 1),
            config.integer("norm_num_groups", 32),
            config.flag("mid_block_add_attention", true),
            config.flag("use_quant_conv", true),
            config.flag("use_post_quant_conv", true),
            config.number("scaling_factor", 0.18215),
            config.number("shift_factor", 0),
            sampleSize(config));
    config.finish();
    return parsed;
  }

  /** These fields as a {@code config.json} says them; {@link #from} reads them back. */
  public ObjectNode json() {
    var json = ConfigFolder.diffusers("AutoencoderKL");
    int stages = channels.size();
    json.put("sample_size", sampleSize).put("in_channels", inChannels);
    json.put("out_channels", outChannels).put("latent_channels", latentChannels);
    ConfigFolder.put(json, "block_out_channels", channels);
    ConfigFolder.put(json, "down_block_types", Collections.nCopies(stages, "DownEncoderBlock2D"));
    ConfigFolder.put(json, "up_block_types", Collections.nCopies(stages, "UpDecoderBlock2D"));
    json.put("layers_per_block", layersPerBlock).put("norm_num_groups", normGroups);
    json.put("mid_block_add_attention", middleAttention);
    json.put("use_quant_conv", quantConv).put("use_post_quant_conv", postQuantConv);
    json.put("scaling_factor", scalingFactor).put("shift_factor", shiftFactor);
    return json;
  }

  /**
   * Height and width; where they differ, the height. Where there is none, that of the first Stable
   * Diffusion: diffusers' own 32 would cut a picture into scraps.
   */
  private static int sampleSize(ModelConfig config) {
    return config.has("sample_size") ? config.integers("sample_size", 1).get(0) : 512;
  }

  private static void requireAll(ModelConfig config, String field, String kind) {
    if (config.texts(field).stream().anyMatch(found -> !found.equals(kind))) {
      config.require(field, kind);
    }
  }
}
