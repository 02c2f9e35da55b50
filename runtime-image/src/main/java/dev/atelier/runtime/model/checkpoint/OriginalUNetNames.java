package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.model.unet.UNetConfig;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that latent diffusion's UNet (CompVis {@code openaimodel.py}, Stability AI {@code sgm})
 * gives to what diffusers calls otherwise: blocks are numbered through, halvings and doublings
 * included.
 */
public final class OriginalUNetNames implements UnaryOperator<String> {
  private static final Pattern BLOCK =
      Pattern.compile("(down|up)_blocks\\.(\\d+)\\.(resnets|attentions|\\w+samplers)\\.(\\d+)\\.");
  private static final Renaming OUTER =
      Renaming.of(
          "time_embedding.linear_1", "time_embed.0",
          "time_embedding.linear_2", "time_embed.2",
          "add_embedding.linear_1", "label_emb.0.0",
          "add_embedding.linear_2", "label_emb.0.2",
          "conv_in", "input_blocks.0.0",
          "conv_norm_out", "out.0",
          "conv_out", "out.2",
          "mid_block.resnets.0", "middle_block.0",
          "mid_block.attentions.0", "middle_block.1",
          "mid_block.resnets.1", "middle_block.2");
  private static final Renaming RESNET =
      Renaming.of(
          "norm1", "in_layers.0",
          "conv1", "in_layers.2",
          "time_emb_proj", "emb_layers.1",
          "norm2", "out_layers.0",
          "conv2", "out_layers.3",
          "conv_shortcut", "skip_connection");

  private final UNetConfig config;

  /** The names for a model of that shape. */
  public OriginalUNetNames(UNetConfig config) {
    this.config = config;
  }

  @Override
  public String apply(String name) {
    Matcher block = BLOCK.matcher(name);
    if (block.lookingAt()) {
      String rest = name.substring(block.end());
      boolean down = block.group(1).equals("down");
      int index = Integer.parseInt(block.group(2));
      int layer = Integer.parseInt(block.group(4));
      return switch (block.group(3)) {
        case "resnets" -> place(down, index, layer) + ".0." + RESNET.apply(rest);
        case "attentions" -> place(down, index, layer) + ".1." + rest;
        case "downsamplers" ->
            place(true, index, config.layersPerBlock()) + ".0." + rest.replace("conv", "op");
        default -> {
          boolean attends = config.upCrossAttention().get(index);
          yield place(false, index, config.layersPerBlock()) + (attends ? ".2." : ".1.") + rest;
        }
      };
    }
    String outer = OUTER.apply(name);
    int inner = name.startsWith("mid_block.resnets") ? outer.indexOf('.', 13) + 1 : 0;
    return outer.substring(0, inner) + (inner > 0 ? RESNET.apply(outer.substring(inner)) : outer);
  }

  /** Block zero of the way down is the first convolution. */
  private String place(boolean down, int block, int layer) {
    int number = block * (config.layersPerBlock() + 1) + layer;
    return down ? "input_blocks." + (number + 1) : "output_blocks." + number;
  }
}
