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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier run} as a process of its own that is interrupted, killed, and run again. */
class WorkstationProcessTest {

  private static final String CHECKPOINT = ".*/checkpoints/step-\\d+/manifest.json";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Path state;
  private Path log;

  @BeforeEach
  void aModelOfAFewSteps() throws IOException {
    state = folder.resolve("state");
    log = folder.resolve("out");
    Files.writeString(
        folder.resolve("ana.yaml"),
        Portraits.model(
            "ana", "ana-photos", 24, yaml -> yaml.replace("everySteps: 5", "everySteps: 2")));
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
    var interrupted = run();
    await().atMost(Story.PATIENCE).until(() -> checkpoints() > 0);
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

  private long checkpoints() {
    var volumes = state.resolve("volumes");
    if (!Files.isDirectory(volumes)) {
      return 0;
    }
    try (var files = Files.walk(volumes)) {
      return files.filter(file -> file.toString().matches(CHECKPOINT)).count();
    } catch (IOException | UncheckedIOException e) {
      // A folder that was being replaced while this looked; the next look finds it.
      return 0;
    }
  }

  private JsonNode model() throws IOException {
    return new YAMLMapper()
        .readTree(state.resolve("resources/atelier.dev/headshotmodels/default/ana.yaml").toFile());
  }
}
