package dev.atelier.runtime.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is trained of the base model, and how it is saved. */
public sealed interface TuningMethod extends AutoCloseable
    permits LoraTuning, DreamBoothTuning, TextualInversion, TransformerLora, TransformerTuning {

  /** The trained parameters; their gradients are clipped together. */
  List<ParameterGroup> groups();

  /**
   * Writes the result in the layout that diffusers reads.
   *
   * @param metadata provenance for the files' headers
   * @return the files, relative to the folder
   */
  List<Path> export(Path folder, Map<String, String> metadata) throws IOException;

  /**
   * Reads back what {@link #export} wrote.
   *
   * @return the first file or folder that does not hold exactly what was trained
   * @throws dev.atelier.runtime.tensor.WeightsException if one cannot be read at all
   */
  Optional<Path> difference(Path folder);

  @Override
  void close();
}
