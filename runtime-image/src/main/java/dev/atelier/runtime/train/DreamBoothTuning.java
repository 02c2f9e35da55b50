package dev.atelier.runtime.train;

import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DreamBooth (Ruiz et al. 2023): every weight of the denoiser, and of the text encoder where asked
 * for. Saved as the folders {@code unet} and {@code text_encoder} of a diffusers pipeline.
 */
public final class DreamBoothTuning implements TuningMethod {

  /** The folder of the trained denoiser. */
  public static final String UNET_FOLDER = "unet";

  private final Networks networks;
  private final boolean wholeText;
  private final List<ParameterGroup> groups = new ArrayList<>();

  /** Marks what is trained; the networks' weights must be copies, not mapped files. */
  public DreamBoothTuning(
      Networks networks, boolean wholeText, LearningRate unetRate, LearningRate textRate) {
    this.networks = networks;
    this.wholeText = wholeText;
    groups.add(
        new ParameterGroup(Trained.all(LoraTuning.UNET, networks.unet().modules()), unetRate));
    if (wholeText) {
      for (int i = 0; i < networks.texts().size(); i++) {
        var name = LoraTuning.textFolder(i) + ".";
        var modules = networks.texts().get(i).modules();
        groups.add(new ParameterGroup(Trained.all(name, modules), textRate));
      }
    }
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.copyOf(groups);
  }

  @Override
  public List<Path> export(Path folder, Map<String, String> metadata) throws IOException {
    return files().write(folder, metadata);
  }

  @Override
  public Optional<Path> difference(Path folder) {
    return files().difference(folder);
  }

  private TrainedFiles files() {
    var unet = Path.of(UNET_FOLDER, UNet2DConditionModel.STEM + ".safetensors");
    var files = new TrainedFiles().with(unet, networks.unet().modules().parameters());
    return wholeText ? LoraTuning.withTexts(files, networks.texts()) : files;
  }

  @Override
  public void close() {
    // The networks own every trained tensor.
  }
}
