package dev.atelier.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that are to go on for good: started again when they end, and ready when they say so. */
class LastingPodTest {
  private final Path state;
  @AutoClose private final NodeHarness harness;

  LastingPodTest(@TempDir Path state) {
    this.state = state;
    harness = new NodeHarness(state);
  }

  @Test
  void aContainerThatEndsIsStartedAgainInTheSamePodWithItsLastWordsOnRecord() {
    var pod = create(lasting("words", "no memory left", "exit", "43"));

    var again = until(pod, found -> PodFacts.restarts(found) == 2);

    assertThat(again.getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());
    assertThat(again.getStatus().getPhase()).isEqualTo("Running");
    assertThat(PodFacts.hasCondition(again, "Ready", "False")).isTrue();
    var container = PodFacts.containers(again).get(0);
    assertThat(container.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
    assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(43);
    assertThat(container.getLastState().getTerminated().getMessage()).isEqualTo("no memory left");
  }

  @Test
  void aPodIsReadyOnlyWhileItsProbeSaysSo() throws IOException {
    var pod = create(probed());
    until(pod, found -> harness.log(found).contains("working"));
    assertThat(PodFacts.hasCondition(get(pod), "Ready", "False")).isTrue();
    Path ready = ready();

    Files.createFile(ready);
    var serving = until(pod, found -> PodFacts.hasCondition(found, "Ready", "True"));
    assertThat(PodFacts.containers(serving).get(0).getReady()).isTrue();
    Files.delete(ready);

    var busy = until(pod, found -> PodFacts.hasCondition(found, "Ready", "False"));
    assertThat(PodFacts.containers(busy).get(0).getState().getRunning()).isNotNull();
    assertThat(PodFacts.restarts(busy)).isZero();
  }

  @Test
  void aDeletedPodIsNotStartedAgain() {
    var pod = create(lasting("checkpoint"));
    until(pod, found -> harness.log(found).contains("working"));

    harness.client().resource(pod).delete();

    await().atMost(Duration.ofSeconds(40)).until(() -> get(pod) == null);
  }

  /** Where the pod's {@code /tmp/ready} is. */
  private Path ready() throws IOException {
    try (var files = Files.walk(state)) {
      var tmp = files.filter(file -> file.endsWith("root/tmp")).findFirst();
      return tmp.orElseThrow().resolve("ready");
    }
  }

  private Pod create(Pod pod) {
    return harness.client().resource(pod).create();
  }

  private Pod get(Pod pod) {
    return harness.client().resource(pod).get();
  }

  private Pod until(Pod pod, Predicate<Pod> state) {
    return await().atMost(Duration.ofSeconds(40)).until(() -> get(pod), state);
  }

  private static Pod probed() {
    return new PodBuilder(lasting("serve", "8000"))
        .editSpec()
        .editFirstContainer()
        .addNewPort()
        .withName("api")
        .withContainerPort(8000)
        .endPort()
        .withNewReadinessProbe()
        .withPeriodSeconds(1)
        .withNewHttpGet()
        .withPath("/health")
        .withNewPort("api")
        .endHttpGet()
        .endReadinessProbe()
        .addNewVolumeMount()
        .withName("tmp")
        .withMountPath("/tmp")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("tmp")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec()
        .build();
  }

  private static Pod lasting(String... verbs) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("lasting")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Always")
        .addNewContainer()
        .withName("stage")
        .withImage("atelier-runtime")
        .withArgs(verbs)
        .endContainer()
        .endSpec()
        .build();
  }
}
