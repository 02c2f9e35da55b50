package dev.atelier.runtime.safety;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The data files under {@code /safety} on the class path. */
final class SafetyResource {
  private SafetyResource() {}

  static byte[] bytes(String name) {
    try (var in = SafetyResource.class.getResourceAsStream("/safety/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the class path lacks /safety/" + name + "; rebuild the runtime's jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
