package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.model.autoencoder.AutoencoderKL;
import dev.atelier.runtime.model.autoencoder.AutoencoderKlConfig;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.StoredView;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import dev.atelier.runtime.tensor.WeightsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A checkpoint of Stable Diffusion 1, 2 or XL in one safetensors file with its original names:
 * denoiser, autoencoder and text encoders, with their configurations told from the shapes.
 */
public final class SingleFileCheckpoint {
  /** Tables of the training code, averages of training, and numbers that CLIP does not use here. */
  private static final Pattern UNUSED =
      Pattern.compile(
          "(betas|alphas_cumprod.*|sqrt_.*|log_one_minus_.*|posterior_.*|lvlb_weights|logvar"
              + "|model_ema\\..*|denoiser\\.sigmas|first_stage_model\\.loss\\..*"
              + "|.*\\.logit_scale|.*\\.attn_mask|.*\\.position_ids)");

  private static final int NAMED_UNKNOWNS = 5;

  private final SafeTensorsFile file;
  private final Family family;
  private final UNetConfig unet;
  private final AutoencoderKlConfig autoencoder;
  private final List<ClipTextConfig> texts;

  private SingleFileCheckpoint(
      SafeTensorsFile file,
      Family family,
      UNetConfig unet,
      AutoencoderKlConfig autoencoder,
      List<ClipTextConfig> texts) {
    this.file = file;
    this.family = family;
    this.unet = unet;
    this.autoencoder = autoencoder;
    this.texts = List.copyOf(texts);
    refuseUnknown();
  }

  /**
   * Reads the file's header.
   *
   * @throws WeightsException if it holds something else than such a checkpoint
   */
  public static SingleFileCheckpoint open(Path path) {
    var file = SafeTensorsFile.open(path);
    var shapes = new CheckpointShapes(file);
    var family = Family.of(shapes);
    var infer = new ConfigInference(shapes, family);
    return new SingleFileCheckpoint(
        file,
        family,
        infer.unet(),
        infer.autoencoder(),
        family.texts().stream().map(infer::text).toList());
  }

  /** A file of a model whose configurations are known rather than told from its shapes. */
  public static SingleFileCheckpoint open(
      Path path, UNetConfig unet, AutoencoderKlConfig autoencoder, List<ClipTextConfig> texts) {
    var file = SafeTensorsFile.open(path);
    var family = Family.of(new CheckpointShapes(file));
    return new SingleFileCheckpoint(file, family, unet, autoencoder, texts);
  }

  public Family family() {
    return family;
  }

  /** What the denoiser predicts: as the file's metadata say, or as its family does. */
  public String prediction() {
    return Optional.ofNullable(file.metadata().get("modelspec.prediction_type"))
        .map(type -> type.equals("v") ? "v_prediction" : type)
        .orElse(family.prediction());
  }

  public UNetConfig unetConfig() {
    return unet;
  }

  public AutoencoderKlConfig autoencoderConfig() {
    return autoencoder;
  }

  /** One per text encoder. */
  public List<ClipTextConfig> textConfigs() {
    return texts;
  }

  public UNet2DConditionModel unet(Torch torch, Storage storage) {
    return new UNet2DConditionModel(unet, unetWeights(torch, storage));
  }

  public AutoencoderKL autoencoder(Torch torch, Storage storage) {
    return new AutoencoderKL(autoencoder, autoencoderWeights(torch, storage));
  }

  /** The text encoders in the order in which their states are joined. */
  public List<ClipTextModel> texts(Torch torch, Storage storage) {
    return IntStream.range(0, texts.size()).mapToObj(i -> text(i, torch, storage)).toList();
  }

  /** A text encoder by its place in that order. */
  public ClipTextModel text(int index, Torch torch, Storage storage) {
    return new ClipTextModel(texts.get(index), textWeights(torch, index, storage));
  }

  Weights unetWeights(Torch torch, Storage storage) {
    var names = new OriginalUNetNames(unet);
    return within(torch, Family.UNET, storage, name -> StoredView.same(names.apply(name)));
  }

  Weights autoencoderWeights(Torch torch, Storage storage) {
    int blocks = autoencoder.channels().size();
    var weights = within(torch, Family.AUTOENCODER, storage, new OriginalAutoencoderNames(blocks));
    below(Family.AUTOENCODER + "loss.").forEach(weights::ignoreStored);
    return weights;
  }

  Weights textWeights(Torch torch, int index, Storage storage) {
    Family.Text text = family.texts().get(index);
    ClipTextConfig config = texts.get(index);
    var weights =
        within(
            torch,
            text.prefix(),
            storage,
            text.openClip() ? new OpenClipNames() : StoredView::same);
    file.names().stream()
        .filter(name -> name.startsWith(text.prefix()))
        .map(name -> name.substring(text.prefix().length()))
        .filter(name -> isUnused(text, config, name))
        .forEach(weights::ignoreStored);
    return weights;
  }

  private StoredWeights within(
      Torch torch, String prefix, Storage storage, Function<String, StoredView> layout) {
    return StoredWeights.within(torch, file, prefix, storage, layout);
  }

  /** Layers behind the last one that the model was trained with, and numbers of CLIP's loss. */
  private boolean isUnused(Family.Text text, ClipTextConfig config, String name) {
    boolean behind =
        IntStream.range(config.layers(), config.layers() + family.unusedLayers())
            .anyMatch(layer -> name.startsWith("transformer.resblocks." + layer + "."));
    boolean projection = !text.projects() && name.startsWith("text_projection");
    return behind || projection || UNUSED.matcher(text.prefix() + name).matches();
  }

  private List<String> below(String prefix) {
    return file.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(Family.AUTOENCODER.length()))
        .toList();
  }

  private void refuseUnknown() {
    List<String> unknown =
        file.names().stream()
            .filter(name -> !name.startsWith(Family.UNET) && !name.startsWith(Family.AUTOENCODER))
            .filter(name -> family.texts().stream().noneMatch(t -> name.startsWith(t.prefix())))
            .filter(name -> !UNUSED.matcher(name).matches())
            .toList();
    if (!unknown.isEmpty()) {
      throw new WeightsException(
          "%s holds %d tensors that are no part of %s: %s."
              .formatted(
                  file.path(),
                  unknown.size(),
                  family,
                  String.join(", ", unknown.subList(0, Math.min(NAMED_UNKNOWNS, unknown.size())))));
    }
  }
}
