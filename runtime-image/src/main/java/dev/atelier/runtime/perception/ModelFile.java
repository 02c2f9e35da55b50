package dev.atelier.runtime.perception;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of an ONNX model with the name that messages use.
 *
 * @param name file name
 */
public record ModelFile(String name, Source source) {

  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Source {
    byte[] read() throws IOException;
  }

  /** A model that ships with the runtime, on the class path under {@code /perception}. */
  public static ModelFile shipped(String name) {
    return new ModelFile(name, () -> resource(name));
  }

  /** A model of the user's own. */
  public static ModelFile at(Path file) {
    return new ModelFile(file.toString(), () -> Files.readAllBytes(file));
  }

  byte[] bytes() {
    try {
      return source.read();
    } catch (IOException e) {
      throw new PerceptionException(
          "cannot read the perception model "
              + name
              + " ("
              + e.getMessage()
              + "): check the file and its permissions",
          e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = ModelFile.class.getResourceAsStream("/perception/" + name)) {
      if (in == null) {
        throw new IOException("not on the class path under /perception");
      }
      return in.readAllBytes();
    }
  }
}
