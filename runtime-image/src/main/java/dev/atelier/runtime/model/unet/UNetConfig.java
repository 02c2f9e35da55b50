package dev.atelier.runtime.model.unet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.block.Timesteps;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.config.ModelConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the {@code config.json} of a UNet2DConditionModel says.
 *
 * @param sampleSize latent height and width the model was trained for
 * @param downCrossAttention per down block, whether it has transformers
 * @param upCrossAttention per up block, whether it has transformers
 * @param heads per down block, the number of attention heads (the field is named {@code
 *     attention_head_dim}, diffusers issue 2011)
 * @param transformerLayers per down block, transformer blocks per attention
 * @param linearProjection linear instead of 1x1 convolution around the transformer blocks
 * @param upcastAttention whether attention is computed in float32 whatever the other layers are
 *     computed in
 * @param addition what joins the time embedding
 */
public record UNetConfig(
    int sampleSize,
    int inChannels,
    int outChannels,
    List<Integer> channels,
    List<Boolean> downCrossAttention,
    List<Boolean> upCrossAttention,
    List<Integer> heads,
    List<Integer> transformerLayers,
    int layersPerBlock,
    int crossAttentionWidth,
    boolean linearProjection,
    boolean upcastAttention,
    int normGroups,
    double normEpsilon,
    Timesteps.Sinusoid sinusoid,
    Addition addition) {

  /** What joins the time embedding; unused numbers are zero. */
  public record Addition(String kind, int textHeads, int timeWidth, int projectionWidth) {
    static final String NONE = "none";
    static final String TEXT = "text";
    static final String TEXT_TIME = "text_time";
  }

  /** Reads the fields and fails on any that ask for another architecture. */
  public static UNetConfig from(ModelConfig config) {
    rejectOthers(config);
    List<Integer> channels = config.integers("block_out_channels");
    int blocks = channels.size();
    String heads = config.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
    config.ignore("attention_head_dim");
    var parsed =
        new UNetConfig(
            config.integer("sample_size", 64),
            config.integer("in_channels", 4),
            config.integer("out_channels", 4),
            channels,
            crossAttention(config, "down_block_types", "CrossAttnDownBlock2D", "DownBlock2D"),
            crossAttention(config, "up_block_types", "CrossAttnUpBlock2D", "UpBlock2D"),
            config.integers(heads, blocks),
            config.has("transformer_layers_per_block")
                ? config.integers("transformer_layers_per_block", blocks)
                : Collections.nCopies(blocks, 1),
            config.integer("layers_per_block", 2),
            config.integer("cross_attention_dim", 1280),
            config.flag("use_linear_projection", false),
            config.flag("upcast_attention", false),
            config.integer("norm_num_groups", 32),
            config.number("norm_eps", 1e-5),
            new Timesteps.Sinusoid(
                config.flag("flip_sin_to_cos", true), config.number("freq_shift", 0)),
            addition(config));
    config.finish();
    return parsed;
  }

  /** These fields as a {@code config.json} says them; {@link #from} reads them back. */
  public ObjectNode json() {
    var json = ConfigFolder.diffusers("UNet2DConditionModel");
    json.put("sample_size", sampleSize).put("in_channels", inChannels);
    json.put("out_channels", outChannels).put("layers_per_block", layersPerBlock);
    ConfigFolder.put(json, "block_out_channels", channels);
    ConfigFolder.put(json, "down_block_types", kinds(downCrossAttention, "DownBlock2D"));
    ConfigFolder.put(json, "up_block_types", kinds(upCrossAttention, "UpBlock2D"));
    ConfigFolder.put(json, "attention_head_dim", heads);
    ConfigFolder.put(json, "transformer_layers_per_block", transformerLayers);
    json.put("cross_attention_dim", crossAttentionWidth);
    json.put("use_linear_projection", linearProjection);
    json.put("upcast_attention", upcastAttention);
    json.put("norm_num_groups", normGroups).put("norm_eps", normEpsilon);
    json.put("flip_sin_to_cos", sinusoid.cosineFirst());
    json.put("freq_shift", sinusoid.frequencyShift());
    if (!addition.kind().equals(Addition.NONE)) {
      json.put("addition_embed_type", addition.kind());
      json.put("addition_embed_type_num_heads", addition.textHeads());
    }
    if (addition.kind().equals(Addition.TEXT_TIME)) {
      json.put("addition_time_embed_dim", addition.timeWidth());
      json.put("projection_class_embeddings_input_dim", addition.projectionWidth());
    }
    return json;
  }

  private static List<String> kinds(List<Boolean> attends, String without) {
    return attends.stream().map(with -> with ? "CrossAttn" + without : without).toList();
  }

  /** Width of the time embedding. */
  public int timeWidth() {
    return 4 * channels.get(0);
  }

  /** Heads per up block: those of the down blocks in reverse. */
  List<Integer> upHeads() {
    return reversed(heads);
  }

  List<Integer> upTransformerLayers() {
    return reversed(transformerLayers);
  }

  List<Integer> upChannels() {
    return reversed(channels);
  }

  private static <T> List<T> reversed(List<T> list) {
    var reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Boolean> crossAttention(
      ModelConfig config, String field, String with, String without) {
    var kinds = new ArrayList<Boolean>();
    for (String kind : config.texts(field)) {
      if (!kind.equals(with) && !kind.equals(without)) {
        config.require(field, with, without);
      }
      kinds.add(kind.equals(with));
    }
    return kinds;
  }

  private static Addition addition(ModelConfig config) {
    config.require("addition_embed_type", Addition.TEXT, Addition.TEXT_TIME);
    return new Addition(
        config.text("addition_embed_type", Addition.NONE),
        config.integer("addition_embed_type_num_heads", 64),
        config.integer("addition_time_embed_dim", 0),
        config.integer("projection_class_embeddings_input_dim", 0));
  }

  /** Fields whose other values change the architecture in ways that are not built. */
  private static void rejectOthers(ModelConfig config) {
    config.require("_class_name", "UNet2DConditionModel");
    config.require("act_fn", "silu", "swish");
    config.require("attention_type", "default");
    config.require("mid_block_type", "UNetMidBlock2DCrossAttn");
    config.require("time_embedding_type", "positional");
    config.require("resnet_time_scale_shift", "default");
    config.require("conv_in_kernel", 3);
    config.require("conv_out_kernel", 3);
    config.require("downsample_padding", 1);
    config.require("mid_block_scale_factor", 1);
    config.require("resnet_out_scale_factor", 1);
    config.require("dropout", 0);
    for (String field :
        List.of(
            "center_input_sample",
            "class_embeddings_concat",
            "dual_cross_attention",
            "only_cross_attention",
            "resnet_skip_time_act",
            "mid_block_only_cross_attention")) {
      config.require(field, false);
    }
  }
}
