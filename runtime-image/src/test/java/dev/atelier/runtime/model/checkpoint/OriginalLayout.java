package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.model.unet.UNetConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The tensors of an original checkpoint, listed the way the original code builds its modules: one
 * list of blocks on the way down, halvings included, and one on the way up.
 */
final class OriginalLayout {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  Map<String, long[]> shapes() {
    return shapes;
  }

  /** openaimodel.py, UNetModel.__init__. */
  OriginalLayout unet(String at, UNetConfig config) {
    int base = config.channels().get(0);
    int time = 4 * base;
    dense(at + "time_embed.0", base, time);
    dense(at + "time_embed.2", time, time);
    if (config.addition().projectionWidth() > 0) {
      dense(at + "label_emb.0.0", config.addition().projectionWidth(), time);
      dense(at + "label_emb.0.2", time, time);
    }
    conv(at + "input_blocks.0.0", config.inChannels(), base, 3);
    var widths = new ArrayDeque<Integer>();
    widths.push(base);
    int channels = base;
    int block = 1;
    int levels = config.channels().size();
    for (int level = 0; level < levels; level++) {
      for (int i = 0; i < config.layersPerBlock(); i++, block++) {
        int out = config.channels().get(level);
        resnet(at + "input_blocks." + block + ".0", channels, out, time);
        if (config.downCrossAttention().get(level)) {
          transformer(at + "input_blocks." + block + ".1", out, config, level);
        }
        channels = out;
        widths.push(channels);
      }
      if (level < levels - 1) {
        conv(at + "input_blocks." + block++ + ".0.op", channels, channels, 3);
        widths.push(channels);
      }
    }
    resnet(at + "middle_block.0", channels, channels, time);
    transformer(at + "middle_block.1", channels, config, levels - 1);
    resnet(at + "middle_block.2", channels, channels, time);
    block = 0;
    for (int level = levels - 1; level >= 0; level--) {
      for (int i = 0; i <= config.layersPerBlock(); i++, block++) {
        int out = config.channels().get(level);
        String name = at + "output_blocks." + block;
        resnet(name + ".0", channels + widths.pop(), out, time);
        int next = 1;
        if (config.downCrossAttention().get(level)) {
          transformer(name + "." + next++, out, config, level);
        }
        channels = out;
        if (level > 0 && i == config.layersPerBlock()) {
          conv(name + "." + next + ".conv", channels, channels, 3);
        }
      }
    }
    norm(at + "out.0", channels);
    conv(at + "out.2", channels, config.outChannels(), 3);
    return this;
  }

  /** model.py, Encoder and Decoder of the autoencoder. */
  OriginalLayout autoencoder(String at, int latents, int... channels) {
    int last = channels.length - 1;
    conv(at + "encoder.conv_in", 3, channels[0], 3);
    conv(at + "decoder.conv_in", latents, channels[last], 3);
    for (int level = 0; level <= last; level++) {
      int in = channels[Math.max(0, level - 1)];
      int from = channels[Math.min(last, level + 1)];
      for (int i = 0; i < 3; i++) {
        if (i < 2) {
          residual(
              at + "encoder.down." + level + ".block." + i,
              i == 0 ? in : channels[level],
              channels[level]);
        }
        residual(
            at + "decoder.up." + level + ".block." + i,
            i == 0 ? from : channels[level],
            channels[level]);
      }
      if (level < last) {
        conv(
            at + "encoder.down." + level + ".downsample.conv", channels[level], channels[level], 3);
      }
      if (level > 0) {
        conv(at + "decoder.up." + level + ".upsample.conv", channels[level], channels[level], 3);
      }
    }
    for (String half : new String[] {"encoder", "decoder"}) {
      residual(at + half + ".mid.block_1", channels[last], channels[last]);
      residual(at + half + ".mid.block_2", channels[last], channels[last]);
      norm(at + half + ".mid.attn_1.norm", channels[last]);
      for (String part : new String[] {"q", "k", "v", "proj_out"}) {
        conv(at + half + ".mid.attn_1." + part, channels[last], channels[last], 1);
      }
    }
    norm(at + "encoder.norm_out", channels[last]);
    norm(at + "decoder.norm_out", channels[0]);
    conv(at + "encoder.conv_out", channels[last], 2 * latents, 3);
    conv(at + "decoder.conv_out", channels[0], 3, 3);
    conv(at + "quant_conv", 2 * latents, 2 * latents, 1);
    conv(at + "post_quant_conv", latents, latents, 1);
    return this;
  }

  /** open_clip's text tower. */
  OriginalLayout openClip(String at, int width, int layers) {
    put(at + "token_embedding.weight", 49408, width);
    put(at + "positional_embedding", 77, width);
    for (int i = 0; i < layers; i++) {
      String layer = at + "transformer.resblocks." + i;
      norm(layer + ".ln_1", width);
      norm(layer + ".ln_2", width);
      put(layer + ".attn.in_proj_weight", 3L * width, width);
      put(layer + ".attn.in_proj_bias", 3L * width);
      dense(layer + ".attn.out_proj", width, width);
      dense(layer + ".mlp.c_fc", width, 4 * width);
      dense(layer + ".mlp.c_proj", 4 * width, width);
    }
    norm(at + "ln_final", width);
    put(at + "text_projection", width, width);
    put(at + "logit_scale");
    return this;
  }

  /** transformers' CLIPTextModel. */
  OriginalLayout transformersClip(String at, int width, int layers) {
    String text = at + "text_model.";
    put(text + "embeddings.token_embedding.weight", 49408, width);
    put(text + "embeddings.position_embedding.weight", 77, width);
    put(text + "embeddings.position_ids", 1, 77);
    for (int i = 0; i < layers; i++) {
      String layer = text + "encoder.layers." + i + ".";
      for (String part : new String[] {"q", "k", "v", "out"}) {
        dense(layer + "self_attn." + part + "_proj", width, width);
      }
      norm(layer + "layer_norm1", width);
      norm(layer + "layer_norm2", width);
      dense(layer + "mlp.fc1", width, 4 * width);
      dense(layer + "mlp.fc2", 4 * width, width);
    }
    norm(text + "final_layer_norm", width);
    return this;
  }

  OriginalLayout put(String name, long... shape) {
    shapes.put(name, shape);
    return this;
  }

  /** A file with these tensors, all zero; the file system stores next to nothing of it. */
  Path write(Path target) throws IOException {
    var header = new StringJoiner(",", "{", "}");
    long end = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long begin = end;
      end += 4 * Arrays.stream(entry.getValue()).reduce(1, Math::multiplyExact);
      header.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(entry.getKey(), Arrays.toString(entry.getValue()), begin, end));
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    try (var file = new RandomAccessFile(target.toFile(), "rw")) {
      file.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      file.write(json);
      file.setLength(8 + json.length + end);
    }
    return target;
  }

  private void resnet(String at, int in, int out, int time) {
    norm(at + ".in_layers.0", in);
    conv(at + ".in_layers.2", in, out, 3);
    dense(at + ".emb_layers.1", time, out);
    norm(at + ".out_layers.0", out);
    conv(at + ".out_layers.3", out, out, 3);
    if (in != out) {
      conv(at + ".skip_connection", in, out, 1);
    }
  }

  private void residual(String at, int in, int out) {
    norm(at + ".norm1", in);
    conv(at + ".conv1", in, out, 3);
    norm(at + ".norm2", out);
    conv(at + ".conv2", out, out, 3);
    if (in != out) {
      conv(at + ".nin_shortcut", in, out, 1);
    }
  }

  private void transformer(String at, int width, UNetConfig config, int level) {
    int context = config.crossAttentionWidth();
    norm(at + ".norm", width);
    for (String side : new String[] {".proj_in", ".proj_out"}) {
      if (config.linearProjection()) {
        dense(at + side, width, width);
      } else {
        conv(at + side, width, width, 1);
      }
    }
    for (int i = 0; i < config.transformerLayers().get(level); i++) {
      String block = at + ".transformer_blocks." + i;
      for (int attention = 1; attention <= 2; attention++) {
        int keys = attention == 1 ? width : context;
        put(block + ".attn" + attention + ".to_q.weight", width, width);
        put(block + ".attn" + attention + ".to_k.weight", width, keys);
        put(block + ".attn" + attention + ".to_v.weight", width, keys);
        dense(block + ".attn" + attention + ".to_out.0", width, width);
      }
      dense(block + ".ff.net.0.proj", width, 8 * width);
      dense(block + ".ff.net.2", 4 * width, width);
      for (int i1 = 1; i1 <= 3; i1++) {
        norm(block + ".norm" + i1, width);
      }
    }
  }

  private void dense(String at, long in, long out) {
    put(at + ".weight", out, in);
    put(at + ".bias", out);
  }

  private void conv(String at, long in, long out, int kernel) {
    put(at + ".weight", out, in, kernel, kernel);
    put(at + ".bias", out);
  }

  private void norm(String at, long width) {
    put(at + ".weight", width);
    put(at + ".bias", width);
  }
}
