package dev.atelier.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells lack of memory, of the JVM or of the engine, from other problems. */
public final class MemoryShortage {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private MemoryShortage() {}

  /** Whether lack of memory is what caused a problem. */
  public static boolean caused(Throwable problem) {
    return Causes.of(problem).anyMatch(OutOfMemoryError.class::isInstance)
        || Causes.say(problem, "out of memory", "can't allocate memory");
  }

  /** The most memory that this process ever held, for messages; where Linux tells. */
  public static String peak() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .map(line -> line.substring(PEAK.length()).strip().split(" ", -1)[0])
          .map(kibibytes -> "%d MiB".formatted(Long.parseLong(kibibytes) / 1024))
          .findFirst()
          .orElse("an unknown amount");
    } catch (IOException | NumberFormatException e) {
      return "an unknown amount";
    }
  }
}
