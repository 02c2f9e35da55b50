package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.video.VideoReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips of a tiny Wan model, from resources to files, on one machine without a cluster. */
class WorkstationClipsTest {

  private static final Path MODEL =
      Path.of("../runtime-image/src/test/resources/fixtures/pipelines/wan22_ti2v_tiny");
  private static final String GENERATOR = "VideoGenerator";
  private static final String GENERATION = "GenerationJob";

  @TempDir static Path folder;
  private static ControlPlane plane;
  private static Story story;

  @BeforeAll
  static void aVideoModelInAClaim() throws IOException {
    plane = WorkstationControlPlane.in(folder);
    story = new Story(plane.client());
    plane.provideVolumes();
    story.claim("wan");
    copy(MODEL, plane.freshVolume("wan"));
    story.apply(
        """
        apiVersion: atelier.dev/v1alpha1
        kind: DiffusionRuntime
        metadata: {name: tiny-wan}
        spec:
          model: {family: Wan, source: {pvc: {claimName: wan}}, license: Apache-2.0}
          storage: {pvc: {claimName: artifacts}}
          gpu: {count: 0}
        """);
  }

  @AfterAll
  static void stopTheControlPlane() {
    plane.close();
  }

  @Test
  void aVideoModelIsTriedAndThenDrawsClipsThatPlay() throws IOException {
    story.apply(job("rain", "kind: VideoGenerator, name: as-it-is", 1));
    story.untilNotReady(GENERATION, "rain", "ModelNotReady");
    story.apply(
        """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: as-it-is, namespace: default}
        spec:
          runtimeRef: {name: tiny-wan}
          evaluation:
            prompts: [{name: cat, text: "a photo of a red cat"}]
            sampler: {steps: 1, width: 64, height: 32}
            video: {frames: 5}
            gate: [{metric: Flicker, max: "200"}]
        """);

    var generator = story.untilCondition(GENERATOR, "as-it-is", "Ready", "True");
    assertThat(generator.at("/status/evaluation/gate").asText()).isEqualTo("Passed");
    assertThat(names(generator)).contains("gallery", "evaluation", "manifest");

    var drawn = story.untilCondition(GENERATION, "rain", "Complete", "True");
    assertThat(drawn.at("/status/samples/produced").asInt()).isEqualTo(1);
    assertThat(Story.condition(drawn, "Ready", "message")).isEqualTo("1 of 1 clips drawn");
    var clip = files(drawn).resolve("sample/shard-0/clips/rain-00.mp4");
    assertThat(Files.readString(clip, StandardCharsets.ISO_8859_1).substring(4, 8))
        .isEqualTo("ftyp");
    try (var reader = VideoReader.open(clip)) {
      assertThat(reader.traits().width()).isEqualTo(64);
      assertThat(reader.traits().height()).isEqualTo(48);
      assertThat(reader.traits().codec()).isEqualTo("h264");
      assertThat(reader.traits().framesPerSecond()).isEqualTo(24);
    }

    var erased = files(drawn);
    story.delete(GENERATION, "rain");
    story.untilGone(GENERATION, "rain");
    assertThat(erased).doesNotExist();
  }

  @Test
  void aPodKilledInTheMiddleLosesNoFinishedClip() throws IOException {
    story.apply(job("many", "kind: DiffusionRuntime, name: tiny-wan", 12));
    var pod = story.runningPod("atelier.dev/generationjob", "many", "sample");
    var shelf = files(story.get(GENERATION, "many").orElseThrow()).resolve("sample/shard-0/clips");
    await("a finished clip")
        .atMost(Story.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(shelf.resolve("rain-00.json")));
    plane.killProcess(pod);
    var first = Files.getLastModifiedTime(shelf.resolve("rain-00.mp4"));

    var drawn = story.untilCondition(GENERATION, "many", "Complete", "True");

    assertThat(drawn.at("/status/samples/produced").asInt()).isEqualTo(12);
    assertThat(Files.getLastModifiedTime(shelf.resolve("rain-00.mp4"))).isEqualTo(first);
  }

  private static String job(String name, String model, int clips) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: GenerationJob
        metadata: {name: %s, namespace: default}
        spec:
          modelRef: {%s}
          prompts: [{name: rain, text: "rain falls on a street"}]
          samplesPerPrompt: %d
          sampler: {steps: 2, width: 64, height: 48}
          video: {frames: 5}
          limits: {retries: 2}
        """
        .formatted(name, model, clips);
  }

  private static List<String> names(JsonNode resource) {
    return resource.at("/status/artifacts").findValuesAsText("name");
  }

  /** The directory of the resource's run. */
  private static Path files(JsonNode resource) {
    var uid8 = resource.at("/metadata/uid").asText().substring(0, 8);
    var name = resource.at("/metadata/name").asText();
    var run = resource.at("/status/run/id").asText();
    return plane
        .volume("artifacts")
        .resolve("default/GenerationJob/%s-%s/%s".formatted(name, uid8, run));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  var target = to.resolve(from.relativize(file).toString());
                  Files.createDirectories(target.resolveSibling("."));
                  Files.copy(file, target);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
