package dev.atelier.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process and when it started, because pids are used again.
 *
 * @param started as the operating system tells it
 */
record PidFile(long pid, Instant started) {
  /** The clock behind start times may have been put right in between. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static PidFile of(ProcessHandle process) {
    return new PidFile(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  void write(Path file) throws IOException {
    Files.writeString(file, pid + " " + started + "\n");
  }

  /** What a file says; empty if it is missing or damaged. */
  static Optional<PidFile> read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ", 2);
      return Optional.of(new PidFile(Long.parseLong(words[0]), Instant.parse(words[1])));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The process, if it still runs. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            p ->
                Duration.between(p.info().startInstant().orElse(Instant.EPOCH), started)
                        .abs()
                        .compareTo(TOLERANCE)
                    < 0);
  }
}
