package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From films to a tuned video model on one machine, through the API and real processes. */
class WorkstationVideosTest {

  private static final String KIND = "VideoGenerator";
  private static final int STEPS = 200;

  @TempDir static Path folder;

  @Test
  void aVideoModelIsTunedOnItsFilmsAndGoesOnAfterItWasSuspended() throws IOException {
    try (var plane = WorkstationControlPlane.in(folder)) {
      var story = new Story(plane.client());
      plane.provideVolumes();
      story.claim("wan");
      Footage.model(plane.freshVolume("wan"));
      story.claim("films");
      Footage.film(plane.freshVolume("films"));
      story.apply(Footage.runtime("tiny-wan", "wan"));
      story.apply(Footage.tuning("balls", "tiny-wan", "films", STEPS));
      var store = plane.volume("artifacts");
      await("a checkpoint")
          .atMost(Story.PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptions()
          .until(() -> files(store).stream().anyMatch(file -> file.contains("/step-")));

      story.patchSpec(KIND, "balls", "{\"suspend\": true}");
      story.untilNotReady(KIND, "balls", "Suspended");
      assertThat(files(store)).noneMatch(file -> file.endsWith("/train/manifest.json"));
      story.patchSpec(KIND, "balls", "{\"suspend\": false}");
      var trained = story.untilCondition(KIND, "balls", "Trained", "True");

      assertThat(trained.at("/status/run/attempt").asInt()).isEqualTo(1);
      assertThat(trained.at("/status/dataset/usable").asInt()).isEqualTo(3);
      assertThat(files(store))
          .anyMatch(
              file -> file.endsWith("/train/attempt-1/model/pytorch_lora_weights.safetensors"))
          .anyMatch(file -> file.endsWith("/train/attempt-1/loss.svg"));
      var curve = files(store).stream().filter(file -> file.endsWith("/validation.json")).findAny();
      var rounds = new ObjectMapper().readTree(Path.of(curve.orElseThrow()).toFile());
      assertThat(rounds.at("/rounds/0/stage").asText()).isEqualTo("low");
      assertThat(rounds.path("selectedStep").asInt()).isGreaterThan(STEPS);
      var ready = story.untilCondition(KIND, "balls", "Ready", "True");
      var judged = rounds.path("rounds").findValuesAsText("step");
      var told = ready.at("/status/evaluation/rounds");
      assertThat(told.findValuesAsText("step"))
          .as("rounds of both pods, of which there are too many, and after the evaluation too")
          .hasSize(Math.min(judged.size(), 64))
          .isSubsetOf(judged)
          .startsWith(judged.get(0))
          .contains(rounds.path("selectedStep").asText())
          .endsWith(judged.get(judged.size() - 1));
      assertThat(told.findValuesAsText("selected")).containsOnlyOnce("true");
      assertThat(ready.at("/status/artifacts").findValuesAsText("uri"))
          .anyMatch(uri -> uri.endsWith("pytorch_lora_weights.safetensors"));

      story.delete(KIND, "balls");
      story.untilGone(KIND, "balls");
      assertThat(files(store)).noneMatch(file -> file.contains("/VideoGenerator/balls-"));
    }
  }

  private static List<String> files(Path store) {
    if (!Files.isDirectory(store)) {
      return List.of();
    }
    try (var files = Files.walk(store)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
