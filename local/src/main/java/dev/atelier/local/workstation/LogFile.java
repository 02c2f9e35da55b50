package dev.atelier.local.workstation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Sends what operator and node agent say to a file, because the terminal belongs to the progress.
 * The log of the run before is kept beside it.
 */
final class LogFile {

  private static final String SIMPLE = "org.slf4j.simpleLogger.";

  private LogFile() {}

  /** Has an effect on a process whose first logger is not made yet. */
  static void use(StateDirectory state) {
    var file = state.log();
    keep(file);
    System.setProperty(SIMPLE + "logFile", file.toString());
    System.setProperty(SIMPLE + "log.dev.atelier", "info");
    System.setProperty(SIMPLE + "showLogName", "true");
  }

  private static void keep(Path file) {
    try {
      if (Files.exists(file)) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the log of the last run, " + file, e);
    }
  }
}
