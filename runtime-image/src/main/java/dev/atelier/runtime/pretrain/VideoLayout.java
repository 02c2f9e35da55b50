package dev.atelier.runtime.pretrain;

import static dev.atelier.runtime.model.config.ConfigFolder.CONFIG;
import static dev.atelier.runtime.model.config.ConfigFolder.diffusers;
import static dev.atelier.runtime.model.config.ConfigFolder.put;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.tokenizer.UnigramVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The configurations of a diffusers {@code WanPipeline} folder for a recipe: everything but the
 * weights.
 */
record VideoLayout(VideoRecipe recipe, Path folder) {

  private static final int SINUSOID = 64;

  /** Writes them all. */
  void write() throws IOException {
    index();
    scheduler();
    int vocabulary =
        UnigramVocabulary.write(
            FilmCaptions.words(), recipe.text().words(), folder.resolve("tokenizer"));
    text(vocabulary);
    transformer();
    if (!Files.exists(folder.resolve("vae").resolve(CONFIG))) {
      int channels = recipe.autoencoder().latentChannels();
      autoencoder(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
    }
  }

  /** Writes the autoencoder's again, once it is known where its latents lie. */
  void autoencoder(List<Double> means, List<Double> deviations) throws IOException {
    var autoencoder = recipe.autoencoder();
    int channels = 3 * autoencoder.patch() * autoencoder.patch();
    var config = diffusers("AutoencoderKLWan");
    config.put("base_dim", autoencoder.width()).put("z_dim", autoencoder.latentChannels());
    put(config, "dim_mult", List.of(1));
    put(config, "attn_scales", List.of());
    config.put("num_res_blocks", autoencoder.blocks()).put("dropout", 0.0);
    put(config, "temperal_downsample", List.of());
    config.put("is_residual", false).put("patch_size", autoencoder.patch());
    config.put("in_channels", channels).put("out_channels", channels);
    config.put("scale_factor_temporal", 1).put("scale_factor_spatial", autoencoder.patch());
    put(config, "latents_mean", means);
    put(config, "latents_std", deviations);
    write("vae/" + CONFIG, config);
  }

  private void index() throws IOException {
    var index = diffusers("WanPipeline");
    index.putNull("boundary_ratio");
    index.put("expand_timesteps", false);
    put(index, "scheduler", List.of("diffusers", "UniPCMultistepScheduler"));
    put(index, "text_encoder", List.of("transformers", "UMT5EncoderModel"));
    put(index, "tokenizer", List.of("transformers", "T5TokenizerFast"));
    put(index, "transformer", List.of("diffusers", "WanTransformer3DModel"));
    put(index, "transformer_2", Arrays.asList(null, null));
    put(index, "vae", List.of("diffusers", "AutoencoderKLWan"));
    write("model_index.json", index);
  }

  private void scheduler() throws IOException {
    var config = diffusers("UniPCMultistepScheduler");
    config.put("num_train_timesteps", 1000).put("prediction_type", "flow_prediction");
    config.put("use_flow_sigmas", true).put("flow_shift", recipe.denoiser().shift());
    config.put("solver_order", 2).put("solver_type", "bh2").put("predict_x0", true);
    config.put("lower_order_final", true).put("final_sigmas_type", "zero");
    config.put("beta_schedule", "linear").put("beta_start", 0.0001).put("beta_end", 0.02);
    config.put("timestep_spacing", "linspace").put("steps_offset", 0);
    put(config, "disable_corrector", List.of());
    write("scheduler/scheduler_config.json", config);
  }

  private void text(int vocabulary) throws IOException {
    var text = recipe.text();
    var config = ConfigFolder.empty();
    put(config, "architectures", List.of("UMT5EncoderModel"));
    config.put("model_type", "umt5").put("dtype", "float32");
    config.put("vocab_size", vocabulary).put("d_model", text.width());
    config.put("d_ff", text.feedForwardWidth()).put("d_kv", text.headWidth());
    config.put("num_layers", text.layers()).put("num_decoder_layers", text.layers());
    config.put("num_heads", text.heads()).put("layer_norm_epsilon", 1e-6);
    config.put("relative_attention_num_buckets", 32).put("relative_attention_max_distance", 128);
    config.put("feed_forward_proj", "gated-gelu").put("dense_act_fn", "gelu_new");
    config.put("is_gated_act", true).put("is_encoder_decoder", false).put("use_cache", false);
    config.put("dropout_rate", 0.0).put("pad_token_id", 0).put("eos_token_id", 1);
    write("text_encoder/" + CONFIG, config);
  }

  private void transformer() throws IOException {
    var denoiser = recipe.denoiser();
    int channels = recipe.autoencoder().latentChannels();
    var config = diffusers("WanTransformer3DModel");
    put(config, "patch_size", List.of(1, denoiser.patch(), denoiser.patch()));
    config.put("num_attention_heads", denoiser.heads());
    config.put("attention_head_dim", denoiser.headWidth());
    config.put("in_channels", channels).put("out_channels", channels);
    config.put("text_dim", recipe.text().width()).put("freq_dim", SINUSOID);
    config.put("ffn_dim", denoiser.feedForwardWidth()).put("num_layers", denoiser.layers());
    config.put("cross_attn_norm", true).put("qk_norm", "rms_norm_across_heads");
    config.put("eps", 1e-6).put("rope_max_seq_len", 1024);
    config.putNull("image_dim").putNull("added_kv_proj_dim").putNull("pos_embed_seq_len");
    write("transformer/" + CONFIG, config);
  }

  private void write(String name, ObjectNode node) throws IOException {
    new ConfigFolder(folder).write(name, node);
  }
}
