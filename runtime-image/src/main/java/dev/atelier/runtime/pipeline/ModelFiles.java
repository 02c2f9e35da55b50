package dev.atelier.runtime.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Path;

/**
 * Where the parts of a Stable Diffusion lie: a diffusers folder, whose denoiser and text encoder
 * may have their weights elsewhere after tuning.
 *
 * @param base the diffusers folder, which has every configuration
 * @param unetWeights folder of the denoiser's weights
 * @param textWeights folder of the text encoder's weights
 */
public record ModelFiles(Path base, Path unetWeights, Path textWeights) {

  private static final String PIPELINE = "StableDiffusionPipeline";

  /**
   * The files of a base model.
   *
   * @throws UnsupportedConfigException if the folder is of another kind of pipeline
   */
  public static ModelFiles of(Path base) {
    var index = ModelConfig.read(base.resolve("model_index.json"));
    var kind = index.text("_class_name");
    if (!kind.equals(PIPELINE)) {
      throw new UnsupportedConfigException(
          "%s: %s is not supported; this release draws with %s".formatted(index, kind, PIPELINE));
    }
    return new ModelFiles(base, base.resolve("unet"), base.resolve("text_encoder"));
  }

  /** The same model with the denoiser's weights from another folder. */
  public ModelFiles withUnet(Path folder) {
    return new ModelFiles(base, folder, textWeights);
  }

  /** The same model with the text encoder's weights from another folder. */
  public ModelFiles withText(Path folder) {
    return new ModelFiles(base, unetWeights, folder);
  }

  /** The denoiser. */
  public UNet2DConditionModel unet(Torch torch, Storage storage) {
    var config = UNetConfig.from(ModelConfig.read(base.resolve("unet/config.json")));
    return new UNet2DConditionModel(
        config, StoredWeights.open(torch, unetWeights, UNet2DConditionModel.STEM, storage));
  }

  /** The text encoder. */
  public ClipTextModel text(Torch torch, Storage storage) {
    var config = ClipTextConfig.from(ModelConfig.read(base.resolve("text_encoder/config.json")));
    return new ClipTextModel(
        config, StoredWeights.open(torch, textWeights, ClipTextModel.STEM, storage));
  }

  /** The autoencoder, which is never tuned. */
  public Autoencoder autoencoder(Torch torch) {
    return Autoencoder.load(torch, base.resolve("vae"), Storage.MAPPED);
  }

  /** The tokenizer. */
  public ClipTokenizer tokenizer() {
    return ClipTokenizer.read(base.resolve("tokenizer"));
  }

  /** The file that says how the model was trained to be denoised. */
  public Path schedulerConfig() {
    return base.resolve("scheduler/scheduler_config.json");
  }

  /**
   * A sampler on the model's noise table.
   *
   * @param name diffusers' class name without {@code Scheduler}
   */
  public Scheduler scheduler(String name) {
    return Scheduler.read(
        schedulerConfig(), name + "Scheduler", JsonNodeFactory.instance.objectNode());
  }
}
