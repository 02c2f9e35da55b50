package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.text.ClipStates;
import dev.atelier.runtime.text.PromptEncoding;
import dev.atelier.runtime.text.XlPromptEncoding;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts of a Stable Diffusion XL lie: a diffusers folder. */
public record XlFiles(Path base) {
  private static final String PIPELINE = "StableDiffusionXLPipeline";

  /** Whether a folder is of such a pipeline. */
  public static boolean isXl(Path base) {
    Path index = base.resolve("model_index.json");
    return Files.exists(index) && ModelConfig.read(index).text("_class_name").equals(PIPELINE);
  }

  public UNet2DConditionModel unet(Torch torch, Storage storage) {
    return UNet2DConditionModel.load(torch, base.resolve("unet"), storage);
  }

  /** The narrower encoder, whose states come first. */
  public ClipTextModel firstText(Torch torch, Storage storage) {
    return ClipTextModel.load(torch, base.resolve("text_encoder"), storage);
  }

  /** The wider encoder, which also gives the pooled text. */
  public ClipTextModel secondText(Torch torch, Storage storage) {
    return ClipTextModel.load(torch, base.resolve("text_encoder_2"), storage);
  }

  public Autoencoder autoencoder(Torch torch) {
    return Autoencoder.load(torch, base.resolve("vae"), Storage.MAPPED);
  }

  /** Both tokenizers with their encoders. */
  public PromptEncoding prompts(ClipTextModel first, ClipTextModel second) {
    var index = ModelConfig.read(base.resolve("model_index.json"));
    return new XlPromptEncoding(
        new ClipStates(ClipTokenizer.read(base.resolve("tokenizer")), first),
        new ClipStates(ClipTokenizer.read(base.resolve("tokenizer_2")), second),
        index.flag("force_zeros_for_empty_prompt", true));
  }

  /** The file that says how the model was trained to be denoised. */
  public Path schedulerConfig() {
    return base.resolve("scheduler/scheduler_config.json");
  }
}
