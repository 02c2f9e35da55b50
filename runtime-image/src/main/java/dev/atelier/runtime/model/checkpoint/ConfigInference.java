package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.model.autoencoder.AutoencoderKlConfig;
import dev.atelier.runtime.model.block.Timesteps;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.unet.UNetConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The configurations of a checkpoint's models, from the shapes of their tensors. */
final class ConfigInference {
  private static final int NORM_GROUPS = 32;
  private static final int SIZE_NUMBERS = 6;
  private static final int CLIP_HEAD_WIDTH = 64;
  private static final int CLIP_END_TOKEN = 49407;

  private final CheckpointShapes shapes;
  private final Family family;

  ConfigInference(CheckpointShapes shapes, Family family) {
    this.shapes = shapes;
    this.family = family;
  }

  UNetConfig unet() {
    String at = Family.UNET;
    int layers = layersPerBlock();
    int blocks = shapes.count(at + "input_blocks.#.") / (layers + 1);
    var channels = new ArrayList<Integer>();
    var depths = new ArrayList<Integer>();
    for (int block = 0; block < blocks; block++) {
      String first = at + "input_blocks." + (block * (layers + 1) + 1);
      channels.add(shapes.size(first + ".0.in_layers.2.weight", 0));
      depths.add(shapes.count(first + ".1.transformer_blocks.#."));
    }
    String attention = at + "middle_block.1.";
    List<Boolean> attends = depths.stream().map(depth -> depth > 0).toList();
    var upAttends = new ArrayList<>(attends);
    Collections.reverse(upAttends);
    return new UNetConfig(
        family.sampleSize(),
        shapes.size(at + "input_blocks.0.0.weight", 1),
        shapes.size(at + "out.2.weight", 0),
        channels,
        attends,
        upAttends,
        channels.stream().map(family::heads).toList(),
        transformerLayers(depths),
        layers,
        shapes.size(attention + "transformer_blocks.0.attn2.to_k.weight", 1),
        shapes.dimensions(attention + "proj_in.weight") == 2,
        family.upcastsAttention(),
        NORM_GROUPS,
        1e-5,
        new Timesteps.Sinusoid(true, 0),
        addition());
  }

  /** Blocks without transformers count one; the deepest block's number is the middle's. */
  private List<Integer> transformerLayers(List<Integer> depths) {
    var layers = new ArrayList<>(depths.stream().map(depth -> Math.max(1, depth)).toList());
    layers.set(
        layers.size() - 1, shapes.count(Family.UNET + "middle_block.1.transformer_blocks.#."));
    return layers;
  }

  private int layersPerBlock() {
    int block = 1;
    while (shapes.has(Family.UNET + "input_blocks." + block + ".0.in_layers.2.weight")) {
      block++;
    }
    return block - 1;
  }

  private UNetConfig.Addition addition() {
    String projection = Family.UNET + "label_emb.0.0.weight";
    if (!shapes.has(projection)) {
      return new UNetConfig.Addition("none", 64, 0, 0);
    }
    int in = shapes.size(projection, 1);
    int pooled = shapes.size(family.texts().get(1).prefix() + "text_projection", 1);
    return new UNetConfig.Addition("text_time", 64, (in - pooled) / SIZE_NUMBERS, in);
  }

  AutoencoderKlConfig autoencoder() {
    String at = Family.AUTOENCODER;
    int blocks = shapes.count(at + "encoder.down.#.");
    var channels = new ArrayList<Integer>();
    for (int block = 0; block < blocks; block++) {
      channels.add(shapes.size(at + "encoder.down." + block + ".block.0.conv1.weight", 0));
    }
    return new AutoencoderKlConfig(
        shapes.size(at + "encoder.conv_in.weight", 1),
        shapes.size(at + "decoder.conv_out.weight", 0),
        shapes.size(at + "decoder.conv_in.weight", 1),
        channels,
        shapes.count(at + "encoder.down.0.block.#."),
        NORM_GROUPS,
        shapes.has(at + "encoder.mid.attn_1.q.weight"),
        shapes.has(at + "quant_conv.weight"),
        shapes.has(at + "post_quant_conv.weight"),
        family.scalingFactor(),
        0,
        family.sampleSize() << (blocks - 1));
  }

  ClipTextConfig text(Family.Text text) {
    return text.openClip() ? openClip(text) : transformers(text);
  }

  private ClipTextConfig transformers(Family.Text text) {
    String at = text.prefix() + "text_model.";
    String tokens = at + "embeddings.token_embedding.weight";
    int width = shapes.size(tokens, 1);
    return new ClipTextConfig(
        shapes.size(tokens, 0),
        width,
        shapes.size(at + "encoder.layers.0.mlp.fc1.weight", 0),
        shapes.count(at + "encoder.layers.#."),
        width / CLIP_HEAD_WIDTH,
        shapes.size(at + "embeddings.position_embedding.weight", 0),
        text.activation(),
        1e-5,
        CLIP_END_TOKEN,
        0);
  }

  private ClipTextConfig openClip(Family.Text text) {
    String at = text.prefix();
    int width = shapes.size(at + "token_embedding.weight", 1);
    return new ClipTextConfig(
        shapes.size(at + "token_embedding.weight", 0),
        width,
        shapes.size(at + "transformer.resblocks.0.mlp.c_fc.weight", 0),
        shapes.count(at + "transformer.resblocks.#.") - family.unusedLayers(),
        width / CLIP_HEAD_WIDTH,
        shapes.size(at + "positional_embedding", 0),
        text.activation(),
        1e-5,
        CLIP_END_TOKEN,
        text.projects() ? shapes.size(at + "text_projection", 1) : 0);
  }
}
