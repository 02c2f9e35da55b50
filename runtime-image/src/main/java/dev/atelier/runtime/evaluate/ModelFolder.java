package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.perception.PerceptionException;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.runtime.tokenizer.TokenizerException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder that the DiffusionRuntime names for a model of the user's own.
 *
 * @param field name of the field below {@code spec.perception}
 */
public record ModelFolder(String field, Path path) {

  /** Reads a model out of a folder. */
  public interface Reader<M> {
    M read(Path folder, String name) throws IOException;
  }

  /** The model, or the end of the stage with the field and what is wrong with its files. */
  public <M> M read(Reader<M> reader) throws IOException {
    try {
      return reader.read(path, field + " " + Digests.ofFolder(path).substring(0, 12));
    } catch (WeightsException
        | UnsupportedConfigException
        | TokenizerException
        | PerceptionException e) {
      throw new StageFailure.BadInput(
          "spec.perception.%s of the DiffusionRuntime holds no model that can be read: %s"
              .formatted(field, e.getMessage()),
          e);
    }
  }
}
