package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.AutoencoderConfig;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A diffusers folder with a {@code model_index.json}.
 *
 * @param suffixes of the folders of text encoders and tokenizers
 */
record DiffusersFolder(Path base, List<String> suffixes, boolean zerosForNoNegative)
    implements ModelParts {

  /** Whether a path is such a folder. */
  static boolean is(Path path) {
    return Files.isRegularFile(path.resolve(PipelineIndex.NAME));
  }

  /**
   * Reads the folder's index.
   *
   * @throws UnsupportedConfigException if the folder is of another kind of pipeline
   */
  static DiffusersFolder of(Path base) {
    var index = ModelConfig.read(base.resolve(PipelineIndex.NAME));
    var kind = index.text("_class_name");
    return switch (kind) {
      case PipelineIndex.PLAIN -> new DiffusersFolder(base, List.of(""), false);
      case PipelineIndex.XL ->
          new DiffusersFolder(
              base, List.of("", "_2"), index.flag("force_zeros_for_empty_prompt", true));
      default ->
          throw new UnsupportedConfigException(
              "%s: %s is not supported; this release draws with %s and %s"
                  .formatted(index, kind, PipelineIndex.PLAIN, PipelineIndex.XL));
    };
  }

  @Override
  public List<PipelineFile> descriptions(Path made) throws IOException {
    var files = new ArrayList<PipelineFile>();
    files.add(index(made));
    files.add(new PipelineFile(SCHEDULER_CONFIG, base.resolve(SCHEDULER_CONFIG)));
    for (var network : networks()) {
      var config = network + "/" + ConfigFolder.CONFIG;
      files.add(new PipelineFile(config, base.resolve(config)));
    }
    for (var suffix : suffixes) {
      files.addAll(ModelParts.files(TOKENIZER + suffix, base.resolve(TOKENIZER + suffix)));
    }
    return files;
  }

  private PipelineFile index(Path made) throws IOException {
    var whole = new PipelineIndex(new ConfigFolder(base).read(PipelineIndex.NAME));
    new ConfigFolder(made).write(PipelineIndex.NAME, whole.only(parts()).json());
    return new PipelineFile(PipelineIndex.NAME, made.resolve(PipelineIndex.NAME));
  }

  @Override
  public List<PipelineFile> weights(Torch torch, String network, Path made) {
    return PipelineFile.weights(network, base.resolve(network));
  }

  @Override
  public UNetConfig unetConfig() {
    return UNetConfig.from(ModelConfig.read(base.resolve(UNET).resolve(ConfigFolder.CONFIG)));
  }

  @Override
  public UNet2DConditionModel unet(Torch torch, Storage storage) {
    return UNet2DConditionModel.load(torch, base.resolve(UNET), storage);
  }

  @Override
  public List<ClipTextConfig> textConfigs() {
    return suffixes.stream()
        .map(suffix -> base.resolve(TEXT + suffix).resolve(ConfigFolder.CONFIG))
        .map(file -> ClipTextConfig.from(ModelConfig.read(file)))
        .toList();
  }

  @Override
  public ClipTextModel text(int index, Torch torch, Storage storage) {
    return ClipTextModel.load(torch, base.resolve(TEXT + suffixes.get(index)), storage);
  }

  @Override
  public AutoencoderConfig autoencoderConfig() {
    return Autoencoder.config(base.resolve(AUTOENCODER));
  }

  @Override
  public Autoencoder autoencoder(Torch torch) {
    return Autoencoder.load(torch, base.resolve(AUTOENCODER), Storage.MAPPED);
  }

  @Override
  public List<ClipTokenizer> tokenizers() {
    return suffixes.stream()
        .map(suffix -> ClipTokenizer.read(base.resolve(TOKENIZER + suffix)))
        .toList();
  }

  @Override
  public ModelConfig schedulerConfig() {
    return ModelConfig.read(base.resolve(SCHEDULER_CONFIG));
  }
}
