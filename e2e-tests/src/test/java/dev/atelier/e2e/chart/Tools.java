package dev.atelier.e2e.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that some tests run, built from their sources. Where there is no Go to build them, those
 * tests say so aloud and are skipped, but in CI they fail.
 */
final class Tools {

  private static final long PATIENCE_MINUTES = 30;
  private static final Path SCRIPTS = Path.of("tools");

  private Tools() {}

  /** What a program said and how it ended. */
  record Output(int exit, String text) {}

  /** The helm that these tests are written for. */
  static Path helm() {
    return built("helm", "the chart is not rendered, and its golden files are not compared");
  }

  /** Prometheus' own judge of alerts. */
  static Path promtool() {
    return built("promtool", "the alerts are not tried on series");
  }

  /** The Go that programs are built with; without it a skipped test, but an error where CI=true. */
  static Path go(String loss) {
    var found = find("go");
    if (found.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException("there is no go on PATH, and CI does not skip: " + loss);
      }
      System.err.printf("SKIPPED: there is no go on PATH: %s%n", loss);
    }
    Assumptions.assumeTrue(found.isPresent(), "there is no go on PATH: " + loss);
    return found.orElseThrow();
  }

  /** What a script of the folder tools installs, built from source the first time. */
  private static Path built(String name, String loss) {
    var script = SCRIPTS.resolve("install-" + name).toAbsolutePath().toString();
    var there = run(Path.of("."), List.of(script, "--path"));
    if (there.exit() == 0) {
      return Path.of(there.text().strip());
    }
    go(loss);
    var built = run(Path.of("."), List.of(script));
    if (built.exit() != 0) {
      throw new IllegalStateException(name + " cannot be built:\n" + built.text());
    }
    return Path.of(built.text().lines().reduce((first, last) -> last).orElseThrow());
  }

  /** Runs to the end; both streams in one text. */
  static Output run(Path directory, List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " does not end");
      }
      return new Output(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Path> find(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", ""))
        .flatMap(path -> Arrays.stream(path.split(":")))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
