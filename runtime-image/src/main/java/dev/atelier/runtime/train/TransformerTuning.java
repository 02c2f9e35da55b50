package dev.atelier.runtime.train;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every weight of a video denoiser; saved as the folder {@code transformer} of its pipeline. */
public final class TransformerTuning implements TuningMethod {

  /** The folder of the trained denoiser. */
  public static final String FOLDER = "transformer";

  private static final String CONFIG = "config.json";

  private final WanTransformer3DModel model;
  private final Path base;
  private final ParameterGroup group;

  /**
   * Marks what is trained; the model's weights must be copies, not mapped files.
   *
   * @param base the folder that the model was read from, whose configuration the result keeps
   */
  public TransformerTuning(WanTransformer3DModel model, Path base, LearningRate rate) {
    this.model = model;
    this.base = base;
    group = new ParameterGroup(Trained.all("", model.modules()), rate);
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.of(group);
  }

  @Override
  public List<Path> export(Path folder, Map<String, String> metadata) throws IOException {
    var files = new ArrayList<>(weights().write(folder, metadata));
    var config = Path.of(FOLDER, CONFIG);
    Files.copy(base.resolve(CONFIG), folder.resolve(config), REPLACE_EXISTING);
    files.add(config);
    return files;
  }

  @Override
  public Optional<Path> difference(Path folder) {
    return weights().difference(folder);
  }

  private TrainedFiles weights() {
    var file = Path.of(FOLDER, WanTransformer3DModel.STEM + ".safetensors");
    return new TrainedFiles().with(file, model.modules().parameters());
  }

  @Override
  public void close() {
    // The model owns every trained tensor.
  }
}
