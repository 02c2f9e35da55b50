package dev.atelier.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pod finds in its folders and variables, and how it waits for that. */
class PodMountsTest {
  private final Path state;
  @AutoClose private final NodeHarness harness;

  PodMountsTest(@TempDir Path state) {
    this.state = state;
    harness = new NodeHarness(state);
  }

  @Test
  void mountsAndVariablesAreWhereTheSpecPutsThem() throws IOException {
    stageFile("kind: intake");
    secret();
    Path photos = Files.createDirectory(state.resolve("photos"));
    Files.writeString(photos.resolve("a.txt"), "a photo");
    claim("photos", photos.toString());
    claim("data", "");
    harness.run(
        "mounts",
        List.of(
            "cat",
            "/etc/atelier/stage.yaml",
            "print",
            "KEY",
            "cat",
            "/photos/a.txt",
            "write",
            "/data/out.txt",
            "print",
            "IP",
            "exit",
            "0"),
        PodMountsTest::withMounts);
    harness.awaitEnd("mounts");
    Pod pod = harness.pods("mounts").get(0);
    String ip = pod.getStatus().getPodIP();
    assertThat(ip).startsWith("127.");
    assertThat(harness.log(pod).lines()).containsExactly("kind: intake", "hush", "a photo", ip);
    assertThat(state.resolve("volumes/default/data/out.txt")).hasContent("written by the pod");
    assertThat(photos.resolve("a.txt")).as("the pod is gone, the photos stay").exists();
    assertThat(state.resolve("pods/default").resolve(pod.getMetadata().getName()))
        .as("secrets do not outlive the pod")
        .isDirectoryNotContaining(p -> !p.endsWith("log"));
    assertThat(
            harness
                .client()
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName("data")
                .get()
                .getStatus()
                .getPhase())
        .isEqualTo("Bound");
  }

  @Test
  void aPodWaitsForWhatItMountsAndStartsOnceItIsThere() {
    claim("photos", "");
    secret();
    harness.run("early", List.of("exit", "0"), PodMountsTest::withMounts);
    await()
        .until(
            () ->
                harness.unscheduled("early").contains("persistentvolumeclaim \"data\" not found"));
    claim("data", "");
    await()
        .until(
            () ->
                events()
                    .contains(
                        "MountVolume.SetUp failed for volume \"stage\" : configmap \"stage\" not found"));
    assertThat(
            PodFacts.containers(harness.pods("early").get(0))
                .get(0)
                .getState()
                .getWaiting()
                .getReason())
        .isEqualTo("ContainerCreating");
    stageFile("");
    assertThat(harness.awaitEnd("early").getStatus().getSucceeded()).isEqualTo(1);
  }

  private static void withMounts(JobBuilder job) {
    job.editSpec()
        .editTemplate()
        .editSpec()
        .addNewVolume()
        .withName("stage")
        .withNewConfigMap()
        .withName("stage")
        .endConfigMap()
        .endVolume()
        .addNewVolume()
        .withName("photos")
        .withNewPersistentVolumeClaim("photos", true)
        .endVolume()
        .addNewVolume()
        .withName("data")
        .withNewPersistentVolumeClaim("data", false)
        .endVolume()
        .editFirstContainer()
        .addNewVolumeMount()
        .withName("stage")
        .withMountPath("/etc/atelier")
        .endVolumeMount()
        .addNewVolumeMount()
        .withName("photos")
        .withMountPath("/photos")
        .endVolumeMount()
        .addNewVolumeMount()
        .withName("data")
        .withMountPath("/data")
        .endVolumeMount()
        .addNewEnv()
        .withName("KEY")
        .withNewValueFrom()
        .withNewSecretKeyRef("key", "s3", false)
        .endValueFrom()
        .endEnv()
        .addNewEnv()
        .withName("IP")
        .withNewValueFrom()
        .withNewFieldRef("v1", "status.podIP")
        .endValueFrom()
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec();
  }

  private void stageFile(String content) {
    harness
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("stage")
                .withNamespace("default")
                .endMetadata()
                .addToData("stage.yaml", content)
                .build())
        .create();
  }

  private void secret() {
    harness
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("s3")
                .withNamespace("default")
                .endMetadata()
                .addToStringData("key", "hush")
                .build())
        .create();
  }

  private void claim(String name, String folder) {
    var claim =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .endSpec();
    if (!folder.isEmpty()) {
      claim.editMetadata().addToAnnotations(Claims.PATH_ANNOTATION, folder).endMetadata();
    }
    harness.client().resource(claim.build()).create();
  }

  private List<String> events() {
    return harness.client().v1().events().inNamespace("default").list().getItems().stream()
        .map(e -> e.getMessage())
        .toList();
  }
}
