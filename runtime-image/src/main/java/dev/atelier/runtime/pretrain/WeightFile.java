package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The weights of a model in its folder.
 *
 * @param stem of the file's name
 */
record WeightFile(Path folder, String stem) {

  Path path() {
    return folder.resolve(stem + ".safetensors");
  }

  void write(Map<String, Tensor> weights) {
    try {
      SafeTensorsWriter.write(path(), weights, Map.of("format", "pt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
