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
 * Programs that some tests run. Where one cannot be had, those tests say so aloud and are skipped.
 */
final class Tools {

  private static final long PATIENCE_MINUTES = 30;
  private static final Path SCRIPTS = Path.of("tools");

  private Tools() {}

  /** What a program said and how it ended. */
  record Output(int exit, String text) {}

  /** The helm that these tests are written for, built from source the first time. */
  static Path helm() {
    var script = SCRIPTS.resolve("install-helm").toAbsolutePath().toString();
    var there = run(Path.of("."), List.of(script, "--path"));
    if (there.exit() == 0) {
      return Path.of(there.text().strip());
    }
    require("go", "the chart is not rendered, and its golden files are not compared");
    var built = run(Path.of("."), List.of(script));
    if (built.exit() != 0) {
      throw new IllegalStateException("helm cannot be built:\n" + built.text());
    }
    return Path.of(built.text().lines().reduce((first, last) -> last).orElseThrow());
  }

  /** The program of that name on PATH, or a skipped test. */
  static Path require(String name, String loss) {
    var found = find(name);
    if (found.isEmpty()) {
      System.err.printf("SKIPPED: there is no %s on PATH: %s%n", name, loss);
    }
    Assumptions.assumeTrue(found.isPresent(), "there is no " + name + " on PATH: " + loss);
    return found.orElseThrow();
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
