package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A diffusers folder with a {@code model_index.json}.
 *
 * @param suffixes of the folders of text encoders and tokenizers
 */
record DiffusersFolder(Path base, List<String> suffixes, boolean zerosForNoNegative)
    implements ModelParts {

  static final String INDEX = "model_index.json";
  private static final String PLAIN = "StableDiffusionPipeline";
  private static final String XL = "StableDiffusionXLPipeline";

  /** Whether a path is such a folder. */
  static boolean is(Path path) {
    return Files.isRegularFile(path.resolve(INDEX));
  }

  /**
   * Reads the folder's index.
   *
   * @throws UnsupportedConfigException if the folder is of another kind of pipeline
   */
  static DiffusersFolder of(Path base) {
    var index = ModelConfig.read(base.resolve(INDEX));
    var kind = index.text("_class_name");
    return switch (kind) {
      case PLAIN -> new DiffusersFolder(base, List.of(""), false);
      case XL ->
          new DiffusersFolder(
              base, List.of("", "_2"), index.flag("force_zeros_for_empty_prompt", true));
      default ->
          throw new UnsupportedConfigException(
              "%s: %s is not supported; this release draws with %s and %s"
                  .formatted(index, kind, PLAIN, XL));
    };
  }

  @Override
  public UNetConfig unetConfig() {
    return UNetConfig.from(ModelConfig.read(base.resolve("unet/config.json")));
  }

  @Override
  public UNet2DConditionModel unet(Torch torch, Storage storage) {
    return UNet2DConditionModel.load(torch, base.resolve("unet"), storage);
  }

  @Override
  public List<ClipTextConfig> textConfigs() {
    return suffixes.stream()
        .map(suffix -> base.resolve("text_encoder" + suffix).resolve("config.json"))
        .map(file -> ClipTextConfig.from(ModelConfig.read(file)))
        .toList();
  }

  @Override
  public ClipTextModel text(int index, Torch torch, Storage storage) {
    return ClipTextModel.load(torch, base.resolve("text_encoder" + suffixes.get(index)), storage);
  }

  @Override
  public Autoencoder autoencoder(Torch torch) {
    return Autoencoder.load(torch, base.resolve("vae"), Storage.MAPPED);
  }

  @Override
  public List<ClipTokenizer> tokenizers() {
    return suffixes.stream()
        .map(suffix -> ClipTokenizer.read(base.resolve("tokenizer" + suffix)))
        .toList();
  }

  @Override
  public ModelConfig schedulerConfig() {
    return ModelConfig.read(base.resolve("scheduler/scheduler_config.json"));
  }
}
