package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Weight files, relative to a folder, and the tensors that belong in them. */
final class TrainedFiles {

  private final Map<Path, Map<String, Tensor>> files = new LinkedHashMap<>();

  /** Adds a file. */
  TrainedFiles with(Path file, Map<String, Tensor> tensors) {
    files.put(file, tensors);
    return this;
  }

  /** Writes them all in the order in which they were added. */
  List<Path> write(Path folder, Map<String, String> metadata) throws IOException {
    var header = new LinkedHashMap<>(metadata);
    header.put("format", "pt");
    for (var file : files.entrySet()) {
      var target = folder.resolve(file.getKey());
      Files.createDirectories(target.resolveSibling("."));
      SafeTensorsWriter.write(target, file.getValue(), header);
    }
    return List.copyOf(files.keySet());
  }

  /** The first file that holds something else. */
  Optional<Path> difference(Path folder) {
    return files.entrySet().stream()
        .filter(
            file -> !isEqual(SafeTensorsFile.open(folder.resolve(file.getKey())), file.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isEqual(SafeTensorsFile file, Map<String, Tensor> expected) {
    return file.names().equals(expected.keySet())
        && file.names().stream()
            .allMatch(name -> isEqual(file, name, Objects.requireNonNull(expected.get(name))));
  }

  private static boolean isEqual(SafeTensorsFile file, String name, Tensor expected) {
    try (Scope scope = Scope.open()) {
      return isEqual(file.map(expected.torch(), name), expected);
    }
  }

  /** Whether two tensors have the same shape and the same values. */
  static boolean isEqual(Tensor found, Tensor expected) {
    return Arrays.equals(found.shape(), expected.shape())
        && Arrays.equals(found.toFloats(), expected.toFloats());
  }
}
