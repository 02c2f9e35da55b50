package dev.atelier.local.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * How a container ended.
 *
 * @param exitCode 128 and the signal for a process that a signal ended
 * @param reason {@code Completed}, {@code Error}, {@code StartError}, {@code
 *     ContainerStatusUnknown}
 * @param message the termination message, or empty
 * @param disrupted whether its node ended it for its own reasons
 */
record PodEnd(int exitCode, String reason, String message, Instant started, boolean disrupted) {
  private static final int MESSAGE_BYTES = 4096;
  private static final int LOG_BYTES = 2048;

  static PodEnd of(int exitCode, String message, Instant started) {
    return new PodEnd(exitCode, exitCode == 0 ? "Completed" : "Error", message, started, false);
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /** What it was ended by its node for; a success stays one. */
  PodEnd byItsNode() {
    return new PodEnd(exitCode, reason, message, started, !succeeded());
  }

  /** The last words that a container left, by its {@code terminationMessagePolicy}. */
  static String lastWords(Path file, Path log, int exitCode, String policy) throws IOException {
    String words = Files.isRegularFile(file) ? tail(file, MESSAGE_BYTES) : "";
    boolean fallback = Objects.equals(policy, "FallbackToLogsOnError") && exitCode != 0;
    return words.isEmpty() && fallback && Files.exists(log) ? tail(log, LOG_BYTES) : words;
  }

  private static String tail(Path path, int bytes) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(bytes, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8);
    }
  }
}
