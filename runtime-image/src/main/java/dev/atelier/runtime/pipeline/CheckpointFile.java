package dev.atelier.runtime.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.checkpoint.SingleFileCheckpoint;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A single-file checkpoint, with the tokenizers that it does not hold in the folders {@code
 * tokenizer} and, with XL, {@code tokenizer_2} beside it.
 */
record CheckpointFile(Path file, SingleFileCheckpoint checkpoint) implements ModelParts {

  private static final String ENDING = ".safetensors";

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
  public Autoencoder autoencoder(Torch torch) {
    return checkpoint.autoencoder(torch, Storage.MAPPED);
  }

  @Override
  public List<ClipTokenizer> tokenizers() {
    var tokenizers = new ArrayList<ClipTokenizer>();
    for (int i = 0; i < textConfigs().size(); i++) {
      tokenizers.add(tokenizer(i == 0 ? "tokenizer" : "tokenizer_" + (i + 1)));
    }
    return tokenizers;
  }

  /** The noise that every published checkpoint of the three families was trained with. */
  @Override
  public ModelConfig schedulerConfig() {
    var config = JsonNodeFactory.instance.objectNode();
    config.put("num_train_timesteps", 1000);
    config.put("beta_schedule", "scaled_linear");
    config.put("beta_start", 0.00085);
    config.put("beta_end", 0.012);
    config.put("steps_offset", 1);
    config.put("clip_sample", false);
    config.put("set_alpha_to_one", false);
    config.put("timestep_spacing", "leading");
    config.put("prediction_type", checkpoint.prediction());
    return ModelConfig.of(file + ": noise of its family", config);
  }

  @Override
  public boolean zerosForNoNegative() {
    return textConfigs().size() > 1;
  }

  private ClipTokenizer tokenizer(String name) {
    var folder = file.resolveSibling(name);
    if (!Files.isDirectory(folder)) {
      throw new UnsupportedConfigException(
          "%s is a single-file checkpoint (%s), which holds no tokenizer; put the folder %s of a diffusers model of that family beside it (vocab.json, merges.txt, tokenizer_config.json)"
              .formatted(file, checkpoint.family(), name));
    }
    return ClipTokenizer.read(folder);
  }
}
