package dev.atelier.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A container as a process of this machine. */
final class PodProcess {
  /**
   * Ctrl-C reaches every process of the terminal, but a pod is stopped by its node only. A JVM that
   * starts with SIGINT ignored leaves it so.
   */
  private static final List<String> DEAF =
      List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "atelier-pod");

  private final Process process;
  private final Instant started;

  private PodProcess(Process process, Instant started) {
    this.process = process;
    this.started = started;
  }

  /** Starts it with nothing but the given environment, and leaves its pid in the pod's folder. */
  static PodProcess start(
      List<String> argv, Map<String, String> environment, PodFiles files, Instant now)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of(DEAF.get(0)))) {
      command.addAll(DEAF);
    }
    command.addAll(argv);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(files.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(files.log().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    PidFile.of(process.toHandle()).write(files.pid());
    return new PodProcess(process, now);
  }

  Instant started() {
    return started;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** As {@code $?}: 128 and the signal for a process that a signal ended. */
  int exitCode() {
    return process.exitValue();
  }

  void onExit(Runnable action) {
    process.onExit().thenRun(action);
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL, for what it started too. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Waits for its end, kills it after that time, and waits again. */
  void end(Duration time) throws InterruptedException {
    if (!process.waitFor(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS)) {
      kill();
      process.waitFor();
    }
  }
}
