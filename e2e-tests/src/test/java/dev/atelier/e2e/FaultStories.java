package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is missing, broken or out of reach is named on the resource. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultStories {

  private static final String MODEL = "HeadshotModel";
  private static final String GENERATION = "GenerationJob";
  private static final String STORAGE = "storage: {pvc: {claimName: artifacts}}";

  private ControlPlane plane;
  private Story story;

  abstract ControlPlane start();

  @BeforeAll
  void startControlPlane() {
    plane = start();
    story = new Story(plane.client());
    plane.provideVolumes();
  }

  @AfterAll
  void stopControlPlane() {
    plane.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aMissingSecretIsNamedAndWaitedFor() {
    story.apply(
        Portraits.model(
            "keyless",
            "ana-photos",
            5,
            yaml ->
                yaml.replace(
                    "pvc: {claimName: ana-photos}",
                    "s3: {uri: \"s3://uploads/ana/\", credentialsSecretRef: {name: uploads-ro}}")));

    var keyless = story.untilNotReady(MODEL, "keyless", "MountFailed");

    assertThat(Story.condition(keyless, "Ready", "message")).contains("uploads-ro");
    assertThat(Story.condition(keyless, "Failed", "status")).isNotEqualTo("True");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aMissingClaimIsNamedAndTheRunStartsOnceItIsThere() {
    story.apply(Portraits.model("unclaimed", "her-photos", 5, yaml -> yaml));

    var waiting = story.untilNotReady(MODEL, "unclaimed", "Unschedulable");
    assertThat(Story.condition(waiting, "Ready", "message")).contains("her-photos");

    story.claim("her-photos");
    var started = story.untilCondition(MODEL, "unclaimed", "Failed", "True");
    assertThat(Story.condition(started, "Ready", "reason")).isEqualTo("NotEnoughUsablePhotos");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void filesThatAreNoPhotosAreRejectedOneByOne() throws IOException {
    story.claim("garbage");
    var folder = Files.createDirectories(plane.volume("garbage"));
    for (int i = 0; i < 12; i++) {
      Files.writeString(folder.resolve("IMG_%02d.jpg".formatted(i)), "not a photo");
    }

    story.apply(Portraits.model("garbled", "garbage", 5, yaml -> yaml));

    var garbled = story.untilCondition(MODEL, "garbled", "Failed", "True");
    assertThat(Story.condition(garbled, "Ready", "reason")).isEqualTo("NotEnoughUsablePhotos");
    assertThat(garbled.at("/status/dataset/rejected")).hasSize(12);
    assertThat(garbled.at("/status/dataset/rejected/0/reason").asText()).isEqualTo("Unreadable");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aTruncatedWeightFileIsNamedAndNothingIsPublished() throws IOException {
    story.claim("broken-models");
    var broken = plane.volume("broken-models").resolve("tiny-portrait");
    copy(plane.volume("models").resolve("tiny-portrait"), broken);
    try (var weights =
        new RandomAccessFile(
            broken.resolve("unet/diffusion_pytorch_model.safetensors").toFile(), "rw")) {
      weights.setLength(weights.length() / 2);
    }
    story.apply(
        Portraits.runtime(
            "broken", yaml -> yaml.replace("claimName: models", "claimName: broken-models")));

    story.apply(Portraits.baseGeneration("from-broken", "broken"));

    var failed = story.untilCondition(GENERATION, "from-broken", "Failed", "True");
    assertThat(Story.condition(failed, "Ready", "reason")).isEqualTo("BadInput");
    assertThat(Story.condition(failed, "Ready", "message"))
        .contains("unet/diffusion_pytorch_model.safetensors")
        .containsAnyOf("truncated", "shorter", "ends");
    assertThat(failed.at("/status/artifacts")).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anUnreachableStoreFailsTheRunAndHoldsTheDeletionUntilSomebodyGivesUp() {
    story.apply(
        Portraits.runtime(
            "remote",
            yaml ->
                yaml.replace(
                    STORAGE,
                    "storage: {s3: {bucket: atelier, endpoint: \"http://127.0.0.1:1\", region: us-east-1}}")));
    story.apply(
        Portraits.model(
            "stranded",
            "ana-photos",
            5,
            yaml ->
                yaml.replace("name: tiny-portrait", "name: remote")
                    .replace("retries: 2", "retries: 0")));

    var stranded = story.untilCondition(MODEL, "stranded", "Failed", "True");
    assertThat(Story.condition(stranded, "Ready", "reason"))
        .isIn("StorageUnavailable", "RetriesExhausted");
    assertThat(Story.condition(stranded, "Ready", "message")).contains("127.0.0.1:1");

    story.delete(MODEL, "stranded");
    var held = story.untilNotReady(MODEL, "stranded", "EraseFailed");
    assertThat(Story.condition(held, "Stalled", "status")).isEqualTo("True");
    assertThat(Story.condition(held, "Ready", "message")).contains("127.0.0.1:1");

    story.annotate(MODEL, "stranded", "atelier.dev/force-delete", "true");
    story.untilGone(MODEL, "stranded");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var tree = Files.walk(from)) {
      for (var path : tree.toList()) {
        var target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
