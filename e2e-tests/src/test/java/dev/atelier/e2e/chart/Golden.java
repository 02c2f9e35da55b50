package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Committed files that are made by a program, and the same as what it makes now. */
final class Golden {

  private static final String REGENERATE =
      "mvn -pl e2e-tests -am test -Dtest='dev.atelier.e2e.chart.*' -Dsurefire.failIfNoSpecifiedTests=false -Datelier.regenerate=true, then look at the difference";

  private Golden() {}

  /** Fails if the file is not the text; with {@code -Datelier.regenerate=true} writes it first. */
  static void same(Path committed, String text) {
    try {
      if (Boolean.getBoolean("atelier.regenerate")) {
        Files.createDirectories(committed.toAbsolutePath().getParent());
        Files.writeString(committed, text);
      }
      assertThat(committed).as("%s; made by: %s", committed, REGENERATE).exists();
      assertThat(Files.readString(committed))
          .as("%s; made by: %s", committed, REGENERATE)
          .isEqualTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
