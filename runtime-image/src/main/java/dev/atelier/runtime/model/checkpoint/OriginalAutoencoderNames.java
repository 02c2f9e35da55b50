package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.tensor.StoredView;
import java.util.function.Function;

/**
 * The names that latent diffusion's autoencoder (CompVis {@code autoencoder.py}) gives to what
 * diffusers calls otherwise. It counts the decoder's blocks from the finest, and its attention is
 * made of 1x1 convolutions.
 */
final class OriginalAutoencoderNames implements Function<String, StoredView> {
  private static final Renaming PLACES =
      Renaming.of(
          "encoder.conv_norm_out", "encoder.norm_out",
          "decoder.conv_norm_out", "decoder.norm_out",
          "encoder.mid_block.resnets.0", "encoder.mid.block_1",
          "encoder.mid_block.resnets.1", "encoder.mid.block_2",
          "encoder.mid_block.attentions.0", "encoder.mid.attn_1",
          "decoder.mid_block.resnets.0", "decoder.mid.block_1",
          "decoder.mid_block.resnets.1", "decoder.mid.block_2",
          "decoder.mid_block.attentions.0", "decoder.mid.attn_1",
          "encoder.down_blocks.#.resnets.#", "encoder.down.#.block.#",
          "encoder.down_blocks.#.downsamplers.0", "encoder.down.#.downsample",
          "decoder.up_blocks.#.resnets.#", "decoder.up.#.block.#",
          "decoder.up_blocks.#.upsamplers.0", "decoder.up.#.upsample");
  private static final Renaming ATTENTION =
      Renaming.of(
          "group_norm", "norm", "to_q", "q", "to_k", "k", "to_v", "v", "to_out.0", "proj_out");

  private final int blocks;

  OriginalAutoencoderNames(int blocks) {
    this.blocks = blocks;
  }

  @Override
  public StoredView apply(String name) {
    String placed = PLACES.apply(fromFinest(name)).replace("conv_shortcut", "nin_shortcut");
    int attention = placed.indexOf("attn_1.");
    if (attention < 0) {
      return StoredView.same(placed);
    }
    int inner = attention + "attn_1.".length();
    return new StoredView(
        placed.substring(0, inner) + ATTENTION.apply(placed.substring(inner)),
        StoredView.Form.SQUEEZED);
  }

  private String fromFinest(String name) {
    String prefix = "decoder.up_blocks.";
    if (!name.startsWith(prefix)) {
      return name;
    }
    int dot = name.indexOf('.', prefix.length());
    int block = Integer.parseInt(name.substring(prefix.length(), dot));
    return prefix + (blocks - 1 - block) + name.substring(dot);
  }
}
