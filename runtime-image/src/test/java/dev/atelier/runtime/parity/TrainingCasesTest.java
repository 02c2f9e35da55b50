package dev.atelier.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.ComputeDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCasesTest {

  private static final Path CASES = Path.of("src/test/resources/fixtures/training");

  @Test
  void stepsOfEveryMethodGiveTheWeightsThatDiffusersGives() throws IOException {
    var out = new ByteArrayOutputStream();

    int exit =
        Parity.run(
            List.of(CASES),
            ComputeDevice.processor(),
            new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("11 passed, 0 failed, 0 skipped");
    assertThat(exit).isZero();
  }

  @Test
  void aWrongLearningRateFailsTheCase(@TempDir Path folder) throws IOException {
    var wrong = Files.createDirectories(folder.resolve("training/lora_unet_zero_b"));
    var right = CASES.resolve("lora_unet_zero_b");
    var text = Files.readString(right.resolve("case.json"));
    Files.writeString(
        wrong.resolve("case.json"),
        text.replace("\"lr\": 0.001", "\"lr\": 0.0012")
            .replace(
                "../../pipelines/sd15_tiny",
                CASES.resolveSibling("pipelines/sd15_tiny").toAbsolutePath().toString()));
    for (var name : List.of("inputs.safetensors", "outputs.safetensors")) {
      Files.copy(right.resolve(name), wrong.resolve(name));
    }
    var out = new ByteArrayOutputStream();

    int exit =
        Parity.run(
            List.of(folder),
            ComputeDevice.processor(),
            new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("FAIL training/lora_unet_zero_b")
        .contains("values beyond the tolerance");
    assertThat(exit).isEqualTo(1);
  }
}
