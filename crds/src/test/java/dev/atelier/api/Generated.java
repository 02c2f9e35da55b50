package dev.atelier.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed file that is generated from the code. */
final class Generated {

  private static final String REGENERATE =
      "mvn -pl crds test -Dtest='Generated*Test' -Datelier.regenerate=true";

  private Generated() {}

  /** Fails if the file is not the text; with {@code -Datelier.regenerate=true} it becomes it. */
  static void same(Path committed, String text) throws IOException {
    if (Boolean.getBoolean("atelier.regenerate")) {
      Files.createDirectories(committed.getParent());
      Files.writeString(committed, text);
    }
    assertThat(committed).as("%s; regenerate with: %s", committed, REGENERATE).exists();
    assertThat(Files.readString(committed))
        .as("%s; regenerate with: %s", committed, REGENERATE)
        .isEqualTo(text);
  }
}
