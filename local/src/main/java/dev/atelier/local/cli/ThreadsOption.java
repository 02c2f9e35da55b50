package dev.atelier.local.cli;

import picocli.CommandLine.Option;

/** {@code --threads} of commands that compute for long. */
final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the engine. Default: one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  int count() {
    return threads;
  }
}
