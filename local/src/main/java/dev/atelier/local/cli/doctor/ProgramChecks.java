package dev.atelier.local.cli.doctor;

import java.util.Optional;

/** Maven and the GPU's driver, by what their programs print. */
final class ProgramChecks {

  private ProgramChecks() {}

  static Finding maven(Optional<String> output) {
    return output
        .flatMap(
            text ->
                text.lines()
                    .map(ProgramChecks::plain)
                    .filter(l -> l.startsWith("Apache Maven"))
                    .findFirst())
        .map(line -> Finding.ok("maven", line.substring("Apache Maven ".length()).split(" ", 2)[0]))
        .orElseGet(
            () ->
                Finding.warn(
                    "maven",
                    "not found",
                    "Needed to build from source: install Maven 3.8.6 or newer."));
  }

  static Finding gpu(Optional<String> output) {
    var gpus = output.map(text -> text.lines().filter(l -> l.startsWith("GPU ")).toList());
    return gpus.filter(lines -> !lines.isEmpty())
        .map(lines -> Finding.ok("gpu", "%d: %s".formatted(lines.size(), name(lines.get(0)))))
        .orElseGet(() -> Finding.ok("gpu", "none; runtimes with gpu.count 0 run on the CPU"));
  }

  /** {@code GPU 0: NVIDIA H100 (UUID: ...)}. */
  private static String name(String line) {
    return line.replaceFirst("^GPU \\d+: ", "").replaceFirst(" \\(UUID.*", "");
  }

  private static String plain(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
