package dev.atelier.runtime.pretrain;

import static dev.atelier.runtime.model.config.ConfigFolder.diffusers;
import static dev.atelier.runtime.model.config.ConfigFolder.put;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The configuration of a recipe's {@code UNet2DConditionModel}.
 *
 * @param attending levels that have attention, from the coarsest on: it costs most where the
 *     latents are largest
 */
record DenoiserLayout(Recipe recipe, int attending) {

  ObjectNode config() {
    var denoiser = recipe.denoiser();
    int channels = recipe.autoencoder().latentChannels();
    var config = diffusers("UNet2DConditionModel");
    config.put("sample_size", recipe.latentEdge());
    config.put("in_channels", channels).put("out_channels", channels);
    put(config, "block_out_channels", denoiser.channels());
    put(config, "down_block_types", levels("DownBlock2D", "CrossAttnDownBlock2D"));
    var up = levels("UpBlock2D", "CrossAttnUpBlock2D");
    Collections.reverse(up);
    put(config, "up_block_types", up);
    config.put("layers_per_block", 1).put("mid_block_type", "UNetMidBlock2DCrossAttn");
    config.put("cross_attention_dim", recipe.text().width());
    config.put("attention_head_dim", denoiser.heads());
    config.put("norm_num_groups", denoiser.normGroups()).put("norm_eps", 1e-5);
    config.put("act_fn", "silu").put("flip_sin_to_cos", true).put("freq_shift", 0);
    config.put("addition_embed_type", "text");
    config.put("addition_embed_type_num_heads", denoiser.heads());
    return config;
  }

  private List<String> levels(String plain, String attends) {
    int levels = recipe.denoiser().channels().size();
    var kinds = new ArrayList<>(Collections.nCopies(levels - attending, plain));
    kinds.addAll(Collections.nCopies(attending, attends));
    return kinds;
  }
}
