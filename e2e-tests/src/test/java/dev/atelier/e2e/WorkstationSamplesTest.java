package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.workstation.Applier;
import dev.atelier.local.workstation.Manifest;
import dev.atelier.local.workstation.ManifestFiles;
import dev.atelier.local.workstation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every file in {@code samples/}: the good ones are accepted, the bad ones answer as documented.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkstationSamplesTest {

  private static final Path SAMPLES = WorkstationControlPlane.SAMPLES;
  private static final Path BAD = SAMPLES.resolve("bad");
  private static final String MODEL = "HeadshotModel";

  @TempDir static Path folder;
  private WorkstationControlPlane plane;
  private Story story;

  @BeforeAll
  void start() {
    plane = WorkstationControlPlane.in(folder);
    story = new Story(plane.client());
  }

  @AfterAll
  void stop() {
    plane.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void everyFileBesideTheBadOnesIsAccepted() throws IOException {
    try (var tree = Files.walk(SAMPLES)) {
      var files =
          tree.filter(file -> file.toString().endsWith(".yaml") && !file.startsWith(BAD)).toList();
      assertThat(files).isNotEmpty();
      for (var file : files) {
        assertThat(apply(suspended(file))).as("%s", file).isEmpty();
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aWrongSpecIsRefusedFieldByField() {
    var refusals = apply(ManifestFiles.read(List.of(BAD.resolve("invalid-spec.yaml"))));

    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0).message().lines())
        .anyMatch(line -> line.equals("spec.subject.consent: Required value"))
        .anyMatch(line -> line.startsWith("spec.training.learningRate: Invalid value: \"fast\""));
    assertThat(story.get(MODEL, "ana-invalid")).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anEmptyPromptIsRefusedWithItsPlace() {
    var refusals = apply(ManifestFiles.read(List.of(BAD.resolve("empty-prompt.yaml"))));

    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0).message())
        .contains("spec.prompts[0].text", "should be at least 1 chars long");
    assertThat(story.get("GenerationJob", "ana-nothing")).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anUnknownRuntimeIsNamedAndNothingStarts() {
    assertThat(apply(ManifestFiles.read(List.of(BAD.resolve("unknown-runtime.yaml"))))).isEmpty();

    var nowhere = story.untilNotReady(MODEL, "ana-nowhere", "RuntimeNotFound");

    assertThat(Story.condition(nowhere, "Ready", "message")).contains("stable-difusion");
    assertThat(story.jobs("ana-nowhere")).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void tooFewPhotosEndAfterIntakeWithAVerdictForEach() {
    assertThat(apply(ManifestFiles.read(List.of(BAD.resolve("too-few-photos.yaml"))))).isEmpty();

    var fifty = story.untilCondition(MODEL, "ana-fifty", "Failed", "True");

    assertThat(Story.condition(fifty, "Ready", "reason")).isEqualTo("NotEnoughUsablePhotos");
    assertThat(fifty.at("/status/dataset/photos").asInt()).isEqualTo(18);
    assertThat(fifty.at("/status/dataset/rejected")).hasSize(5);
    assertThat(story.jobs("ana-fifty")).hasSize(1);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aVideoModelThatIsNoneIsRefusedPlainly() {
    story.apply(
        """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: clips, namespace: default}
        spec:
          runtimeRef: {name: tiny-portrait}
        """);

    var clips = story.untilCondition("VideoGenerator", "clips", "Failed", "True");

    assertThat(Story.condition(clips, "Ready", "reason")).isEqualTo("BadInput");
    assertThat(Story.condition(clips, "Ready", "message"))
        .contains("StableDiffusionPipeline is not supported; videos are made with");
  }

  private List<Refusal> apply(List<Manifest> manifests) {
    return new Applier(plane.client()).apply(manifests);
  }

  /** Accepted is enough here: the line from photos to portraits has stories of its own. */
  private static List<Manifest> suspended(Path file) {
    var manifests = ManifestFiles.read(List.of(file));
    for (var manifest : manifests) {
      var resource = manifest.resource();
      if (resource.isAtelier() && !resource.namespace().isEmpty()) {
        manifest.body().withObjectProperty("spec").put("suspend", true);
      }
    }
    return manifests;
  }
}
