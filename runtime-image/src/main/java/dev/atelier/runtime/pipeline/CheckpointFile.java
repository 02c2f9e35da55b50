package dev.atelier.runtime.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.AutoencoderConfig;
import dev.atelier.runtime.model.checkpoint.SingleFileCheckpoint;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A single-file checkpoint, with the tokenizers that it does not hold in the folders {@code
 * tokenizer} and, with XL, {@code tokenizer_2} beside it.
 */
record CheckpointFile(Path file, SingleFileCheckpoint checkpoint) implements ModelParts {

  private static final String ENDING = ".safetensors";
  private static final String SAMPLER = "DDIMScheduler";

  /** The checkpoint that a path is, or that is the only one in a folder. */
  static Optional<Path> find(Path path) {
    if (Files.isRegularFile(path) && path.toString().endsWith(ENDING)) {
      return Optional.of(path);
    }
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    try (var files = Files.list(path)) {
      var found = files.filter(file -> file.toString().endsWith(ENDING)).toList();
      return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CheckpointFile of(Path file) {
    return new CheckpointFile(file, SingleFileCheckpoint.open(file));
  }

  @Override
  public UNetConfig unetConfig() {
    return checkpoint.unetConfig();
  }

  @Override
  public UNet2DConditionModel unet(Torch torch, Storage storage) {
    return checkpoint.unet(torch, storage);
  }

  @Override
  public List<ClipTextConfig> textConfigs() {
    return checkpoint.textConfigs();
  }

  @Override
  public ClipTextModel text(int index, Torch torch, Storage storage) {
    return checkpoint.text(index, torch, storage);
  }

  @Override
  public AutoencoderConfig autoencoderConfig() {
    return checkpoint.autoencoderConfig();
  }

  @Override
  public Autoencoder autoencoder(Torch torch) {
    return checkpoint.autoencoder(torch, Storage.MAPPED);
  }

  @Override
  public List<ClipTokenizer> tokenizers() {
    return perText(TOKENIZER).stream().map(this::tokenizer).map(ClipTokenizer::read).toList();
  }

  /** All of them are told from the checkpoint but the tokenizers, which lie beside it. */
  @Override
  public List<PipelineFile> descriptions(Path made) throws IOException {
    var configs = new TreeMap<String, ObjectNode>();
    configs.put(PipelineIndex.NAME, PipelineIndex.of(textConfigs(), SAMPLER).json());
    configs.put(SCHEDULER_CONFIG, noise());
    configs.put(config(UNET), checkpoint.unetConfig().json());
    configs.put(config(AUTOENCODER), checkpoint.autoencoderConfig().json());
    for (int i = 0; i < textConfigs().size(); i++) {
      configs.put(config(perText(TEXT).get(i)), textConfigs().get(i).json());
    }
    var files = new ArrayList<PipelineFile>();
    for (var config : configs.entrySet()) {
      new ConfigFolder(made).write(config.getKey(), config.getValue());
      files.add(new PipelineFile(config.getKey(), made.resolve(config.getKey())));
    }
    for (var name : perText(TOKENIZER)) {
      files.addAll(ModelParts.files(name, tokenizer(name)));
    }
    return files;
  }

  @Override
  public List<PipelineFile> weights(Torch torch, String network, Path made) throws IOException {
    var name = network + "/" + PipelineFile.stem(network) + ENDING;
    Files.createDirectories(made.resolve(network));
    try (var model = network(torch, network)) {
      SafeTensorsWriter.write(made.resolve(name), model.parameters(), Map.of("format", "pt"));
    }
    return List.of(new PipelineFile(name, made.resolve(name)));
  }

  private Modules network(Torch torch, String name) {
    return switch (name) {
      case UNET -> checkpoint.unet(torch, Storage.MAPPED).modules();
      case AUTOENCODER -> checkpoint.autoencoder(torch, Storage.MAPPED).modules();
      default -> checkpoint.text(perText(TEXT).indexOf(name), torch, Storage.MAPPED).modules();
    };
  }

  private static String config(String network) {
    return network + "/" + ConfigFolder.CONFIG;
  }

  @Override
  public ModelConfig schedulerConfig() {
    return ModelConfig.of(file + ": noise of its family", noise());
  }

  /** The noise that every published checkpoint of the three families was trained with. */
  private ObjectNode noise() {
    var config = ConfigFolder.diffusers(SAMPLER);
    config.put("num_train_timesteps", 1000);
    config.put("beta_schedule", "scaled_linear");
    config.put("beta_start", 0.00085);
    config.put("beta_end", 0.012);
    config.put("steps_offset", 1);
    config.put("clip_sample", false);
    config.put("set_alpha_to_one", false);
    config.put("timestep_spacing", "leading");
    config.put("prediction_type", checkpoint.prediction());
    return config;
  }

  @Override
  public boolean zerosForNoNegative() {
    return textConfigs().size() > 1;
  }

  private Path tokenizer(String name) {
    var folder = file.resolveSibling(name);
    if (!Files.isDirectory(folder)) {
      throw new UnsupportedConfigException(
          "%s is a single-file checkpoint (%s), which holds no tokenizer; put the folder %s of a diffusers model of that family beside it (vocab.json, merges.txt, tokenizer_config.json)"
              .formatted(file, checkpoint.family(), name));
    }
    return folder;
  }
}
