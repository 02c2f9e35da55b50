package dev.atelier.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.Torch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fixture that is shipped with the tests computes what diffusers computed. */
class ParityTest {
  private static Torch torch;

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isWithinToleranceOfTheReference(String name) throws IOException {
    assertThat(report(root().resolve(name)))
        .startsWith("PASS " + name + " ")
        .contains("1 passed, 0 failed, 0 skipped");
  }

  @Test
  void aCaseOfAKindThatIsNotBuiltIsSkippedWithTheReason(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("case.json"), "{\"name\": \"models/ornithopter\"}");

    assertThat(report(folder))
        .contains("SKIP models/ornithopter")
        .contains("not built yet: models/ornithopter")
        .contains("0 passed, 0 failed, 1 skipped");
  }

  @Test
  void aWrongExpectationFailsTheCaseAndTheCommand(@TempDir Path folder) throws IOException {
    copy(root().resolve("models/autoencoder_tiny"), folder);
    Files.copy(
        root().resolve("models/autoencoder_kl/outputs.safetensors"),
        folder.resolve("outputs.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    var out = new ByteArrayOutputStream();
    int code =
        new Parity(torch, CaseRunners.all()).report(List.of(folder), new PrintStream(out, true));

    assertThat(code).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("FAIL models/autoencoder_tiny")
        .contains("0 passed, 1 failed");
  }

  private static String report(Path folder) throws IOException {
    var out = new ByteArrayOutputStream();
    new Parity(torch, CaseRunners.all()).report(List.of(folder), new PrintStream(out, true));
    return out.toString(StandardCharsets.UTF_8);
  }

  static List<String> cases() throws IOException {
    Path root = root();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.endsWith("case.json"))
          .map(file -> root.relativize(file.getParent()).toString())
          .filter(name -> !name.startsWith("training/"))
          .sorted()
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Path root() {
    // The sources, not their copy in target: a case names the model beside it by a relative path.
    return Path.of("src/test/resources/fixtures").toAbsolutePath();
  }
}
