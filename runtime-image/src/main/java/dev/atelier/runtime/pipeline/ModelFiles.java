package dev.atelier.runtime.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.AutoencoderConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.text.ClipStates;
import dev.atelier.runtime.text.PromptEncoding;
import dev.atelier.runtime.text.XlPromptEncoding;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the parts of a Stable Diffusion 1, 2 or XL lie: a diffusers folder or a single-file
 * checkpoint, whose denoiser and text encoders may have their weights elsewhere after tuning.
 */
public final class ModelFiles {

  /** The file that makes a folder a diffusers folder. */
  public static final String INDEX = PipelineIndex.NAME;

  private final ModelParts parts;
  private final Map<String, Path> tuned;

  private ModelFiles(ModelParts parts, Map<String, Path> tuned) {
    this.parts = parts;
    this.tuned = Map.copyOf(tuned);
  }

  /**
   * The files of a base model.
   *
   * @param base a diffusers folder, a single-file checkpoint, or a folder that holds one
   * @throws UnsupportedConfigException if it is of another kind
   */
  public static ModelFiles of(Path base) {
    if (DiffusersFolder.is(base)) {
      return new ModelFiles(DiffusersFolder.of(base), Map.of());
    }
    return CheckpointFile.find(base)
        .map(file -> new ModelFiles(CheckpointFile.of(file), Map.of()))
        .orElseThrow(
            () ->
                new UnsupportedConfigException(
                    base
                        + " is neither a diffusers folder (it has no model_index.json) nor a single-file checkpoint (*.safetensors, the only one in its folder)."));
  }

  /** Whether a path holds a base model, whatever its kind. */
  public static boolean isModel(Path base) {
    return DiffusersFolder.is(base) || CheckpointFile.find(base).isPresent();
  }

  /**
   * The family of a base model that draws pictures, as {@code spec.model.family} names it: by the
   * folder's index or by the single file's tensors. None of folders of another kind.
   */
  public static Optional<String> family(Path base) {
    var pipeline =
        DiffusersFolder.is(base)
            ? ModelConfig.read(base.resolve(INDEX)).text("_class_name", "")
            : PipelineIndex.pipeline(of(base).isXl());
    return Optional.ofNullable(PipelineIndex.FAMILIES.get(pipeline));
  }

  /** The same model with the denoiser's weights from a diffusers folder of their own. */
  public ModelFiles withUnet(Path folder) {
    return with(ModelParts.UNET, folder);
  }

  /** The same model with a text encoder's weights from a folder of their own. */
  public ModelFiles withText(int index, Path folder) {
    return with(ModelParts.numbered(ModelParts.TEXT, index), folder);
  }

  private ModelFiles with(String network, Path folder) {
    var more = new HashMap<>(tuned);
    more.put(network, folder);
    return new ModelFiles(parts, more);
  }

  /**
   * The files of a diffusers folder that is this model and opens without any other.
   *
   * @param made where files are written whose content lies in no file of its own yet
   */
  public List<PipelineFile> asFolder(Torch torch, Path made) throws IOException {
    var files = new ArrayList<>(parts.descriptions(made));
    for (var network : parts.networks()) {
      var own = tuned.get(network);
      files.addAll(
          own == null ? parts.weights(torch, network, made) : PipelineFile.weights(network, own));
    }
    return files;
  }

  /** Whether there are two text encoders, and sizes to tell the denoiser. */
  public boolean isXl() {
    return parts.textConfigs().size() > 1;
  }

  /** The denoiser's shape. */
  public UNetConfig unetConfig() {
    return parts.unetConfig();
  }

  /** The denoiser. */
  public UNet2DConditionModel unet(Torch torch, Storage storage) {
    return Optional.ofNullable(tuned.get(ModelParts.UNET))
        .map(
            folder ->
                new UNet2DConditionModel(
                    parts.unetConfig(),
                    StoredWeights.open(torch, folder, UNet2DConditionModel.STEM, storage)))
        .orElseGet(() -> parts.unet(torch, storage));
  }

  /** The first text encoder. */
  public ClipTextModel text(Torch torch, Storage storage) {
    return text(0, torch, storage);
  }

  /** The text encoders in the order in which their states are joined. */
  public List<ClipTextModel> texts(Torch torch, Storage storage) {
    return IntStream.range(0, parts.textConfigs().size())
        .mapToObj(index -> text(index, torch, storage))
        .toList();
  }

  private ClipTextModel text(int index, Torch torch, Storage storage) {
    var folder = Optional.ofNullable(tuned.get(ModelParts.numbered(ModelParts.TEXT, index)));
    return folder
        .map(own -> ClipTextModel.load(parts.textConfigs().get(index), torch, own, storage))
        .orElseGet(() -> parts.text(index, torch, storage));
  }

  /** The autoencoder's configuration. */
  public AutoencoderConfig autoencoderConfig() {
    return parts.autoencoderConfig();
  }

  /** The autoencoder, which is never tuned. */
  public Autoencoder autoencoder(Torch torch) {
    return parts.autoencoder(torch);
  }

  /** The first text encoder's tokenizer. */
  public ClipTokenizer tokenizer() {
    return tokenizers().get(0);
  }

  /** One per text encoder. */
  public List<ClipTokenizer> tokenizers() {
    return parts.tokenizers();
  }

  /** Prompts as the denoiser is told of them, by these tokenizers and encoders. */
  public PromptEncoding prompts(
      Torch torch, List<ClipTokenizer> tokenizers, List<ClipTextModel> encoders) {
    return encoders.size() == 1
        ? new PromptEncoder(torch, tokenizers.get(0), encoders.get(0))
        : new XlPromptEncoding(
            new ClipStates(tokenizers.get(0), encoders.get(0)),
            new ClipStates(tokenizers.get(1), encoders.get(1)),
            parts.zerosForNoNegative());
  }

  /** How the model was trained to be denoised. */
  public ModelConfig schedulerConfig() {
    return parts.schedulerConfig();
  }

  /**
   * A sampler on the model's noise table.
   *
   * @param name diffusers' class name without {@code Scheduler}
   */
  public Scheduler scheduler(String name) {
    return Scheduler.of(
        schedulerConfig(), name + "Scheduler", JsonNodeFactory.instance.objectNode());
  }
}
