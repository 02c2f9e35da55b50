package dev.atelier.runtime.pretrain;

import static dev.atelier.runtime.model.config.ConfigFolder.CONFIG;
import static dev.atelier.runtime.model.config.ConfigFolder.diffusers;
import static dev.atelier.runtime.model.config.ConfigFolder.put;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.tokenizer.BytePairTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * The configurations of a diffusers {@code StableDiffusionPipeline} folder for a recipe: everything
 * but the weights.
 */
record PipelineLayout(Recipe recipe, Path folder) {

  private static final List<String> NO_PART = Collections.nCopies(2, null);

  /** Writes them all. */
  void write(SortedMap<String, Integer> words) throws IOException {
    index();
    scheduler();
    int vocabulary = BytePairTraining.write(words, folder.resolve("tokenizer"));
    tokenizer(vocabulary);
    text(vocabulary);
    if (!Files.exists(folder.resolve("vae").resolve(CONFIG))) {
      autoencoder(1);
    }
  }

  /** Writes the autoencoder's again, once it is known how far its latents spread. */
  void autoencoder(double scalingFactor) throws IOException {
    var autoencoder = recipe.autoencoder();
    int levels = autoencoder.encoderBlocks().size();
    var config = diffusers("AutoencoderTiny");
    config.put("in_channels", 3).put("out_channels", 3);
    config.put("latent_channels", autoencoder.latentChannels());
    config.put("act_fn", "relu").put("upsample_fn", "nearest").put("upsampling_scaling_factor", 2);
    put(
        config,
        "encoder_block_out_channels",
        Collections.nCopies(levels, autoencoder.encoderWidth()));
    put(
        config,
        "decoder_block_out_channels",
        Collections.nCopies(levels, autoencoder.decoderWidth()));
    put(config, "block_out_channels", Collections.nCopies(levels, autoencoder.decoderWidth()));
    put(config, "num_encoder_blocks", autoencoder.encoderBlocks());
    put(config, "num_decoder_blocks", autoencoder.decoderBlocks());
    config.put("latent_magnitude", 3).put("latent_shift", 0.5).put("force_upcast", false);
    config.put("scaling_factor", scalingFactor).put("shift_factor", 0.0);
    write("vae/" + CONFIG, config);
  }

  private void index() throws IOException {
    var index = diffusers("StableDiffusionPipeline");
    index.put("requires_safety_checker", false);
    for (var absent : List.of("feature_extractor", "image_encoder", "safety_checker")) {
      put(index, absent, NO_PART);
    }
    put(index, "scheduler", List.of("diffusers", "DDIMScheduler"));
    put(index, "text_encoder", List.of("transformers", "CLIPTextModel"));
    put(index, "tokenizer", List.of("transformers", "CLIPTokenizer"));
    put(index, "unet", List.of("diffusers", "UNet2DConditionModel"));
    put(index, "vae", List.of("diffusers", "AutoencoderTiny"));
    write("model_index.json", index);
  }

  private void scheduler() throws IOException {
    var config = diffusers("DDIMScheduler");
    config.put("num_train_timesteps", 1000).put("beta_schedule", "scaled_linear");
    config.put("beta_start", 0.00085).put("beta_end", 0.012);
    config.put("prediction_type", "v_prediction").put("rescale_betas_zero_snr", false);
    config.put("timestep_spacing", "leading").put("steps_offset", 1);
    config.put("clip_sample", false).put("clip_sample_range", 1.0).put("set_alpha_to_one", false);
    config.put("thresholding", false).put("sample_max_value", 1.0);
    config.put("dynamic_thresholding_ratio", 0.995);
    config.putNull("trained_betas");
    write("scheduler/scheduler_config.json", config);
  }

  private void tokenizer(int vocabulary) throws IOException {
    var config = ConfigFolder.empty();
    config.put("tokenizer_class", "CLIPTokenizer");
    config.put("model_max_length", recipe.text().positions());
    config.put("bos_token", "<|startoftext|>").put("eos_token", "<|endoftext|>");
    config.put("unk_token", "<|endoftext|>").put("pad_token", "<|endoftext|>");
    config.put("errors", "replace").put("clean_up_tokenization_spaces", false);
    var added = config.putObject("added_tokens_decoder");
    added.set("" + (vocabulary - 2), special("<|startoftext|>"));
    added.set("" + (vocabulary - 1), special("<|endoftext|>"));
    write("tokenizer/tokenizer_config.json", config);
  }

  private void text(int vocabulary) throws IOException {
    var text = recipe.text();
    var config = ConfigFolder.empty();
    put(config, "architectures", List.of("CLIPTextModel"));
    config.put("model_type", "clip_text_model").put("torch_dtype", "float32");
    config.put("vocab_size", vocabulary).put("max_position_embeddings", text.positions());
    config.put("hidden_size", text.width()).put("intermediate_size", text.feedForwardWidth());
    config.put("projection_dim", text.width());
    config.put("num_hidden_layers", text.layers()).put("num_attention_heads", text.heads());
    config.put("hidden_act", "quick_gelu").put("layer_norm_eps", 1e-5);
    config.put("attention_dropout", 0.0);
    config.put("initializer_factor", 1.0).put("initializer_range", 0.02);
    config.put("bos_token_id", vocabulary - 2).put("eos_token_id", vocabulary - 1);
    config.put("pad_token_id", vocabulary - 1);
    write("text_encoder/" + CONFIG, config);
  }

  private static ObjectNode special(String token) {
    return ConfigFolder.empty()
        .put("content", token)
        .put("lstrip", false)
        .put("normalized", true)
        .put("rstrip", false)
        .put("single_word", false)
        .put("special", true);
  }

  private void write(String name, ObjectNode node) throws IOException {
    new ConfigFolder(folder).write(name, node);
  }
}
