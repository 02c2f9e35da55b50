package dev.atelier.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.slf4j.LoggerFactory;

/**
 * A directory for one process alone, gone with it: it may hold copies of photos.
 *
 * @param folder where to write
 */
record Scratch(Path folder) implements AutoCloseable {

  static Scratch below(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new Scratch(Files.createTempDirectory(parent, "stage-"));
  }

  @Override
  public void close() {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger("atelier").warn("cannot remove the scratch files: {}", e.toString());
    }
  }
}
