package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the parts of a Wan model lie: a diffusers folder, or one with the denoiser of a training.
 *
 * @param base the folder
 * @param perToken whether the denoiser was trained with a timestep per token (Wan 2.2 TI2V), so
 *     that a clip may begin with a given frame
 * @param transformerFolder configuration and weights of the denoiser
 * @param adapters a diffusers LoRA file whose adapters become part of the denoiser's weights
 */
public record WanFiles(
    Path base, boolean perToken, Path transformerFolder, Optional<Path> adapters) {
  private static final List<String> PIPELINES = List.of("WanPipeline", "WanImageToVideoPipeline");

  /**
   * The files of a model.
   *
   * @throws UnsupportedConfigException if the folder is of another kind of pipeline
   */
  public static WanFiles of(Path base) {
    var index = ModelConfig.read(base.resolve("model_index.json"));
    var kind = index.text("_class_name");
    if (!PIPELINES.contains(kind)) {
      throw new UnsupportedConfigException(
          "%s: %s is not supported; videos are made with %s".formatted(index, kind, PIPELINES));
    }
    // Two denoisers that share the steps: Wan 2.2 A14B.
    index.require("boundary_ratio");
    return new WanFiles(
        base, index.flag("expand_timesteps", false), base.resolve("transformer"), Optional.empty());
  }

  /** The same with another denoiser: a folder with its configuration and weights. */
  public WanFiles withTransformer(Path folder) {
    return new WanFiles(base, perToken, folder, adapters);
  }

  /** The same with adapters on the denoiser. */
  public WanFiles withAdapters(Path file) {
    return new WanFiles(base, perToken, transformerFolder, Optional.of(file));
  }

  /** Whether a folder holds a model of this kind. */
  public static boolean isModel(Path base) {
    var index = base.resolve("model_index.json");
    return Files.exists(index)
        && PIPELINES.contains(ModelConfig.read(index).text("_class_name", ""));
  }

  /** The text encoder's tokenizer. */
  public T5Tokenizer tokenizer() {
    return T5Tokenizer.read(base.resolve("tokenizer"));
  }

  /** Tokens of text that the denoiser was trained to see: what the tokenizer says, or Wan's. */
  public int words() {
    var config = base.resolve("tokenizer/tokenizer_config.json");
    return Files.exists(config)
        ? (int)
            Math.min(
                ModelConfig.read(config).number("model_max_length", TextToVideo.WORDS),
                TextToVideo.WORDS)
        : TextToVideo.WORDS;
  }

  /** The text encoder. */
  public T5Encoder text(Torch torch, Residence residence) {
    return T5Encoder.load(torch, textFolder(), residence);
  }

  /** The denoiser, adapters included. */
  public WanTransformer3DModel transformer(Torch torch, Storage storage, Residence residence) {
    if (adapters.isEmpty()) {
      return WanTransformer3DModel.load(torch, transformerFolder, storage, residence);
    }
    var fusion = new AdapterFusion(torch, adapters.get());
    var model = WanTransformer3DModel.load(torch, transformerFolder, storage, residence, fusion);
    fusion.requireAll();
    return model;
  }

  /** Values of all the denoiser's weights. */
  public long transformerValues() {
    return StoredWeights.counts(transformerFolder, WanTransformer3DModel.STEM).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** The autoencoder. */
  public AutoencoderKLWan autoencoder(Torch torch) {
    return AutoencoderKLWan.load(torch, autoencoderFolder(), Storage.MAPPED);
  }

  /** The file that says how the model is sampled. */
  public Path schedulerConfig() {
    return base.resolve("scheduler/scheduler_config.json");
  }

  /** The autoencoder's configuration. */
  public WanAutoencoderConfig autoencoderConfig() {
    return WanAutoencoderConfig.from(config(autoencoderFolder()));
  }

  /** The denoiser's configuration. */
  public WanConfig transformerConfig() {
    return WanConfig.from(config(transformerFolder));
  }

  /** How far the model's sampler shifts timesteps towards noise. */
  public double shift() {
    var config = ModelConfig.read(schedulerConfig());
    return config.number("flow_shift", config.number("shift", 1));
  }

  Path textFolder() {
    return base.resolve("text_encoder");
  }

  Path autoencoderFolder() {
    return base.resolve("vae");
  }

  private static ModelConfig config(Path folder) {
    return ModelConfig.read(folder.resolve("config.json"));
  }
}
