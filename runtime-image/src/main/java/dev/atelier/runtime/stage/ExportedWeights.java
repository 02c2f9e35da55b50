package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.TuningMethod;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads weights back that were exported: what is published is what was trained. */
final class ExportedWeights {

  private final Map<String, Tensor> trained = new HashMap<>();

  ExportedWeights(TuningMethod method) {
    method.groups().forEach(group -> trained.putAll(group.parameters()));
  }

  /** Ends the stage if the file differs in anything from what was trained. */
  void requireEqual(Torch torch, Path path) {
    var file = SafeTensorsFile.open(path);
    boolean same = file.names().size() == trained.size();
    for (var name : file.names()) {
      same = same && isEqual(torch, file, name);
    }
    if (!same) {
      throw new StageFailure.StorageUnavailable(
          "%s reads back otherwise than it was written: the disk of the pod may be damaged; the next attempt goes on from the last checkpoint"
              .formatted(path.getFileName()),
          null);
    }
  }

  private boolean isEqual(Torch torch, SafeTensorsFile file, String name) {
    var expected = trained.get(trainedName(name));
    try (Scope scope = Scope.open()) {
      return expected != null
          && Arrays.equals(file.map(torch, name).toFloats(), expected.toFloats());
    }
  }

  /** Diffusers names the factors of video adapters as PEFT does. */
  private static String trainedName(String name) {
    return name.replace(".lora_A.weight", ".lora.down.weight")
        .replace(".lora_B.weight", ".lora.up.weight");
  }
}
