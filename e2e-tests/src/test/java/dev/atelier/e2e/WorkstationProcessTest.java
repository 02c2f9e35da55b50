package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.atelier.local.cli.Atelier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier run} as a process of its own: interrupted, killed, refused, and run again. */
class WorkstationProcessTest {

  private static final String CHECKPOINT = "checkpoints/step-\\d+/manifest.json";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Path state;
  private Path log;

  @BeforeEach
  void aPlaceToRunIn() {
    state = folder.resolve("state");
    log = folder.resolve("out");
  }

  @AfterEach
  void leaveNothingBehind() {
    started.forEach(
        process -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        });
  }

  @Test
  void anInterruptAndACrashCostNothingButTime() throws Exception {
    ask(24, yaml -> yaml.replace("everySteps: 5", "everySteps: 2"));
    var interrupted = run();
    await().atMost(Story.PATIENCE).until(() -> !stored(CHECKPOINT).isEmpty());
    var pods = interrupted.descendants().toList();
    assertThat(pods).isNotEmpty();
    new ProcessBuilder("kill", "-INT", Long.toString(interrupted.pid())).start().waitFor();
    assertThat(interrupted.waitFor()).isEqualTo(130);
    assertThat(pods).noneMatch(ProcessHandle::isAlive);
    assertThat(Files.readString(log)).contains("Interrupted after", " continues.");
    var run = model().at("/status/run/id").asText();

    var killed = run();
    await()
        .atMost(Story.PATIENCE)
        .until(() -> killed.descendants().findAny().isPresent() || !killed.isAlive());
    var orphans = killed.descendants().toList();
    assertThat(orphans).isNotEmpty();
    killed.destroyForcibly().waitFor();
    await().atMost(Story.PATIENCE).until(() -> orphans.stream().noneMatch(ProcessHandle::isAlive));

    assertThat(run().waitFor()).isZero();
    assertThat(Files.readString(log))
        .contains("The run before this one did not end by itself")
        .contains("HeadshotModel/ana  Ready", "gallery", "./atelier gallery ana");
    assertThat(model().at("/status/run/id").asText()).as("the run went on").isEqualTo(run);
    assertThat(model().at("/status/run/attempt").asInt()).isEqualTo(1);

    assertThat(run().waitFor()).isZero();
    assertThat(Files.readString(log)).contains("Everything is done already");
  }

  @Test
  void aModelThatItsGateRefusesIsPublishedByALowerGateWithoutTrainingAgain() throws Exception {
    ask(2, yaml -> yaml.replace("gate: []", gate("0.99")));

    assertThat(run().waitFor()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains("HeadshotModel/ana  Failed", "GateFailed")
        .containsPattern("IdentitySimilarity is 0\\.\\d+, at least 0\\.99 is needed")
        .contains("or lower evaluation.gate, by which it is judged again without training");
    var refused = model();
    assertThat(Story.condition(refused, "Ready", "status")).isEqualTo("False");
    assertThat(Story.condition(refused, "Ready", "reason")).isEqualTo("GateFailed");
    assertThat(refused.at("/status/artifacts").findValuesAsText("name"))
        .contains("gallery", "contact-sheet", "report")
        .doesNotContain("model");
    assertThat(stored("evaluate/attempt-\\d+/gallery.html")).hasSize(1);
    var trained = stored("train/manifest.json");
    var finished = Files.getLastModifiedTime(trained.get(0));

    ask(2, yaml -> yaml.replace("gate: []", gate("0.0")));

    assertThat(run().waitFor()).as(Files.readString(log)).isZero();
    var published = model();
    assertThat(Story.condition(published, "Ready", "reason")).isEqualTo("Published");
    assertThat(published.at("/status/artifacts").findValuesAsText("name")).contains("model");
    assertThat(published.at("/status/run/id")).isEqualTo(refused.at("/status/run/id"));
    assertThat(stored("train/manifest.json")).isEqualTo(trained);
    assertThat(Files.getLastModifiedTime(trained.get(0))).isEqualTo(finished);
  }

  private static String gate(String least) {
    return "gate: [{metric: IdentitySimilarity, min: \"%s\"}]".formatted(least);
  }

  /** Writes the file of the model, changed. */
  private void ask(int steps, UnaryOperator<String> change) throws IOException {
    Files.writeString(
        folder.resolve("ana.yaml"), Portraits.model("ana", "ana-photos", steps, change));
  }

  private Process run() throws IOException {
    var command =
        Stream.concat(
                Stream.of(
                    // As at a terminal, also where the tests run behind nohup or in a background
                    // job.
                    "env",
                    "--default-signal=INT",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Atelier.class.getName(),
                    "run"),
                Stream.of(
                    WorkstationControlPlane.SAMPLES.resolve("headshot/00-volumes.yaml").toString(),
                    WorkstationControlPlane.SAMPLES.resolve("headshot/10-runtime.yaml").toString(),
                    folder.resolve("ana.yaml").toString(),
                    "--state",
                    state.toString()))
            .toList();
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    started.add(process);
    return process;
  }

  /** Files of the model's run by the end of their path. */
  private List<Path> stored(String end) {
    var volumes = state.resolve("volumes");
    if (!Files.isDirectory(volumes)) {
      return List.of();
    }
    try (var files = Files.walk(volumes)) {
      return files.filter(file -> file.toString().matches(".*/" + end)).toList();
    } catch (IOException | UncheckedIOException e) {
      // A folder that was being replaced while this looked; the next look finds it.
      return List.of();
    }
  }

  private JsonNode model() throws IOException {
    return new YAMLMapper()
        .readTree(state.resolve("resources/atelier.dev/headshotmodels/default/ana.yaml").toFile());
  }
}
