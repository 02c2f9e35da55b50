package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The life of a portrait model, from photos to pictures to erasure. A control plane is plugged in
 * by a subclass.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PortraitStories {

  private static final String MODEL = "HeadshotModel";
  private static final String GENERATION = "GenerationJob";
  private static final Predicate<Path> SOME =
      photo -> photo.getFileName().toString().matches("IMG_200[1-5]\\..*");

  private ControlPlane plane;
  private Story story;

  abstract ControlPlane start();

  @BeforeAll
  void startControlPlane() {
    plane = start();
    story = new Story(plane.client());
    plane.provideVolumes();
    someOfHerPhotos();
  }

  /** Most stories are about something else than photos; they need few of them. */
  private void someOfHerPhotos() {
    story.claim("some-photos");
    try (var photos = Files.list(plane.volume("ana-photos"))) {
      var folder = plane.freshVolume("some-photos");
      for (var photo : photos.filter(SOME).toList()) {
        Files.copy(photo, folder.resolve(photo.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void stopControlPlane() {
    plane.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void photosBecomeAModelAndTheModelDrawsPictures() {
    story.apply(Portraits.generation("ana-hoodie", "ana"));
    story.until(
        "waiting for its model",
        GENERATION,
        "ana-hoodie",
        job -> Story.condition(job, "Ready", "reason").equals("ModelNotReady"));

    story.apply(Portraits.model("ana", "ana-photos", 10, yaml -> yaml));
    var ana = story.untilCondition(MODEL, "ana", "Ready", "True");

    assertThat(ana.at("/status/dataset/usable").asInt()).isEqualTo(13);
    assertThat(ana.at("/status/dataset/rejected")).hasSize(5);
    assertThat(Story.condition(ana, "Trained", "status")).isEqualTo("True");
    assertThat(artifacts(ana)).contains("model", "gallery", "contact-sheet", "report");
    assertThat(ana.at("/status/observedGeneration").asLong())
        .isEqualTo(ana.at("/metadata/generation").asLong());
    assertThat(ana.at("/status/evaluation/metrics")).isNotEmpty();

    var drawn = story.untilCondition(GENERATION, "ana-hoodie", "Complete", "True");
    assertThat(drawn.at("/status/samples/produced").asInt()).isEqualTo(2);
    assertThat(drawn.at("/status/samples/failed").asInt()).isZero();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void tooFewUsablePhotosEndTheRunBeforeTraining() {
    story.apply(
        Portraits.model("few", "ana-photos", 10, yaml -> yaml.replace("min: 10", "min: 16")));

    var few = story.untilCondition(MODEL, "few", "Failed", "True");

    assertThat(Story.condition(few, "Ready", "reason")).isEqualTo("NotEnoughUsablePhotos");
    assertThat(Story.condition(few, "Ready", "message")).contains("13").contains("16");
    assertThat(Story.condition(few, "Stalled", "status")).isEqualTo("True");
    assertThat(few.at("/status/dataset/rejected").toString())
        .contains("SeveralFaces", "Blurred", "NoFace", "NearDuplicate", "DifferentPerson");
    assertThat(story.jobs("few")).noneMatch(job -> job.getMetadata().getName().contains("-train-"));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aWrongSpecIsRefusedWithWhatToWriteInstead() {
    assertThatThrownBy(
            () ->
                story.apply(
                    Portraits.model(
                        "wrong",
                        "ana-photos",
                        10,
                        yaml -> yaml.replace("method: LoRA", "method: DreamBooth"))))
        .hasMessageContaining("spec.training")
        .hasMessageContaining("LoRA");
    assertThat(story.get(MODEL, "wrong")).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anUnknownRuntimeIsNamedAndWaitedFor() {
    story.apply(
        Portraits.model(
            "early", "ana-photos", 10, yaml -> yaml.replace("name: tiny-portrait", "name: later")));

    var early =
        story.until(
            "the missing runtime",
            MODEL,
            "early",
            found -> Story.condition(found, "Ready", "reason").equals("RuntimeNotFound"));

    assertThat(Story.condition(early, "Ready", "message")).contains("later");
    assertThat(story.jobs("early")).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aPodKilledInTheMiddleOfTrainingResumesToTheVerySameWeights() {
    story.apply(Portraits.model("calm", 20));
    var calm = story.untilCondition(MODEL, "calm", "Ready", "True");

    story.apply(Portraits.model("killed", 20));
    var pod = story.runningPod("killed", "train");
    story.until(
        "a checkpoint",
        MODEL,
        "killed",
        found ->
            found.at("/status/lastCheckpoint/step").asInt() >= 5 || checkpointWritten("killed"));
    plane.killProcess(pod);
    var killed = story.untilCondition(MODEL, "killed", "Ready", "True");

    assertThat(weights(killed)).isEqualTo(weights(calm)).isNotEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aSuspendedRunGivesUpItsPodAndGoesOnWhereItStopped() {
    story.apply(Portraits.model("paused", 20));
    story.runningPod("paused", "train");

    story.patchSpec(MODEL, "paused", "{\"suspend\":true}");
    story.untilCondition(MODEL, "paused", "Suspended", "True");
    await("no training while suspended")
        .atMost(Story.PATIENCE)
        .until(() -> story.jobs("paused", "train").isEmpty());

    story.patchSpec(MODEL, "paused", "{\"suspend\":false}");
    var done = story.untilCondition(MODEL, "paused", "Ready", "True");
    assertThat(Story.condition(done, "Suspended", "status")).isEqualTo("False");
    assertThat(done.at("/status/run/id").asText()).startsWith("r");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void deletingErasesEveryFileAndLeavesAReceipt() throws IOException {
    story.apply(Portraits.model("gone", 5));
    var gone = story.untilCondition(MODEL, "gone", "Ready", "True");
    var uid8 = gone.at("/metadata/uid").asText().substring(0, 8);
    var files = plane.volume("artifacts").resolve("default/HeadshotModel/gone-" + uid8);
    assertThat(files).isNotEmptyDirectory();

    story.delete(MODEL, "gone");
    story.untilGone(MODEL, "gone");

    assertThat(files).doesNotExist();
    try (var receipts = Files.list(plane.volume("artifacts").resolve("receipts"))) {
      assertThat(receipts.map(Path::toString)).anyMatch(name -> name.contains("gone-" + uid8));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aFolderOfFilmsIsSharedByTwoPodsAndPrepared() throws IOException {
    story.claim("footage");
    Footage.film(plane.freshVolume("footage"));
    story.apply(Footage.clips("clips-of-balls", "footage"));

    var clips = story.untilCondition("VideoGenerator", "clips-of-balls", "Ready", "True");

    assertThat(clips.at("/status/dataset/photos").asInt()).isEqualTo(5);
    assertThat(clips.at("/status/dataset/usable").asInt()).isEqualTo(3);
    assertThat(clips.at("/status/dataset/rejected").toString()).contains("Unreadable", "Static");
    assertThat(artifacts(clips)).containsExactly("report", "clips");
    assertThat(Story.condition(clips, "DatasetReady", "reason")).isEqualTo("ClipsAccepted");

    story.delete("VideoGenerator", "clips-of-balls");
    story.untilGone("VideoGenerator", "clips-of-balls");
    assertThat(plane.volume("artifacts").resolve("default/VideoGenerator"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anOperatorRestartedInTheMiddleStartsNothingTwice() {
    story.apply(Portraits.model("restart", 12));
    story.runningPod("restart", "train");

    plane.restartOperator();
    var ready = story.untilCondition(MODEL, "restart", "Ready", "True");

    assertThat(ready.at("/status/run/attempt").asInt()).isEqualTo(1);
    assertThat(story.jobs("restart"))
        .extracting(job -> job.getMetadata().getLabels().get("app.kubernetes.io/component"))
        .doesNotHaveDuplicates();
  }

  private List<String> artifacts(JsonNode resource) {
    return resource.at("/status/artifacts").findValuesAsText("name");
  }

  private List<String> weights(JsonNode model) {
    return StreamSupport.stream(model.at("/status/artifacts").spliterator(), false)
        .map(artifact -> artifact.path("uri").asText())
        .filter(uri -> uri.endsWith(".safetensors"))
        .map(uri -> TensorDigest.of(file(uri)))
        .toList();
  }

  /** The file behind {@code pvc://claim/path}. */
  private Path file(String uri) {
    var path = uri.substring("pvc://".length());
    int slash = path.indexOf('/');
    return plane.volume(path.substring(0, slash)).resolve(path.substring(slash + 1));
  }

  private boolean checkpointWritten(String model) {
    var root = plane.volume("artifacts").resolve("default/HeadshotModel");
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (var files = Files.walk(root)) {
      return files.anyMatch(
          file ->
              file.toString().contains("/" + model + "-")
                  && file.toString().contains("checkpoints/step-")
                  && file.endsWith("manifest.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
