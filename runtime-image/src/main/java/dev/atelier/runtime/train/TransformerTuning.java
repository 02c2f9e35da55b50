package dev.atelier.runtime.train;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    var header = new LinkedHashMap<>(metadata);
    header.put("format", "pt");
    var file = Path.of(FOLDER, WanTransformer3DModel.STEM + ".safetensors");
    Files.createDirectories(folder.resolve(FOLDER));
    SafeTensorsWriter.write(folder.resolve(file), model.modules().parameters(), header);
    var config = Path.of(FOLDER, CONFIG);
    Files.copy(base.resolve(CONFIG), folder.resolve(config), REPLACE_EXISTING);
    return List.of(file, config);
  }

  @Override
  public void close() {
    // The model owns every trained tensor.
  }
}
