package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.runtime.train.TuningMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exports what was trained and reads it back: what is published is what was trained. */
@FunctionalInterface
interface ExportedWeights {

  /** Writes with {@link TuningMethod#export}. */
  ExportedWeights WRITTEN = TuningMethod::export;

  /** Writes the files; as {@link TuningMethod#export}. */
  List<Path> write(TuningMethod method, Path folder, Map<String, String> metadata)
      throws IOException;

  /** Writes the files, and ends the stage if one differs in anything from what was trained. */
  default List<Path> checked(TuningMethod method, Path folder, Map<String, String> metadata)
      throws IOException {
    var files = write(method, folder, metadata);
    try {
      method
          .difference(folder)
          .ifPresent(
              file -> {
                throw damaged(file + " reads back otherwise than it was written", null);
              });
    } catch (WeightsException e) {
      throw damaged("a file that was just written cannot be read: " + e.getMessage(), e);
    }
    return files;
  }

  private static StageFailure damaged(String what, @Nullable Exception cause) {
    return new StageFailure.StorageUnavailable(
        what
            + ": the disk of the pod may be damaged; nothing was published, and the next attempt goes on from the last checkpoint",
        cause);
  }
}
