package dev.atelier.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one pod.
 *
 * @param folder {@code pods/<namespace>/<name>} below the state directory
 */
public record PodFiles(Path folder) {
  /** What the container sees as {@code /}. */
  Path root() {
    return folder.resolve("root");
  }

  /** The content of mounts that live and end with the pod. */
  Path volumes() {
    return folder.resolve("volumes");
  }

  /** Its standard output and error. */
  public Path log() {
    return folder.resolve("log");
  }

  /** Its process, for whoever must end it after a crash. */
  Path pid() {
    return folder.resolve("pid");
  }

  /** Where an absolute path of the container lies; it cannot leave the root. */
  Path inside(String containerPath) {
    Path path = Path.of("/").resolve(containerPath).normalize();
    return root().resolve(Path.of("/").relativize(path).toString());
  }

  /** Deletes everything but the log: secrets and scratch end with the pod. */
  void clear() throws IOException {
    for (Path path : List.of(root(), volumes(), pid())) {
      delete(path);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> found = Files.walk(tree)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
