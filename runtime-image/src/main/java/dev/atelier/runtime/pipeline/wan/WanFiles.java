package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the parts of a Wan model lie: a diffusers folder.
 *
 * @param base the folder
 * @param perToken whether the denoiser was trained with a timestep per token (Wan 2.2 TI2V), so
 *     that a clip may begin with a given frame
 */
public record WanFiles(Path base, boolean perToken) {
  private static final int WORDS = TextToVideo.WORDS;
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
    return new WanFiles(base, index.flag("expand_timesteps", false));
  }

  /** Whether a folder holds a model of this kind. */
  public static boolean isModel(Path base) {
    var index = base.resolve("model_index.json");
    return Files.exists(index)
        && PIPELINES.contains(ModelConfig.read(index).text("_class_name"));
  }

  /** The text encoder's tokenizer. */
  public T5Tokenizer tokenizer() {
    return T5Tokenizer.read(base.resolve("tokenizer"));
  }

  /** Tokens of text that the denoiser was trained to see: what the tokenizer says, or Wan's. */
  public int words() {
    var config = base.resolve("tokenizer/tokenizer_config.json");
    return Files.exists(config)
        ? (int) Math.min(ModelConfig.read(config).number("model_max_length", WORDS), WORDS)
        : WORDS;
  }

  /** The text encoder. */
  public T5Encoder text(Torch torch, Residence residence) {
    return T5Encoder.load(torch, textFolder(), residence);
  }

  /** The denoiser. */
  public WanTransformer3DModel transformer(Torch torch, Storage storage, Residence residence) {
    return WanTransformer3DModel.load(torch, transformerFolder(), storage, residence);
  }

  /** The autoencoder. */
  public AutoencoderKLWan autoencoder(Torch torch) {
    return AutoencoderKLWan.load(torch, autoencoderFolder(), Storage.MAPPED);
  }

  /** The file that says how the model is sampled. */
  public Path schedulerConfig() {
    return base.resolve("scheduler/scheduler_config.json");
  }

  Path textFolder() {
    return base.resolve("text_encoder");
  }

  Path transformerFolder() {
    return base.resolve("transformer");
  }

  Path autoencoderFolder() {
    return base.resolve("vae");
  }
}
