package dev.atelier.local.node;

import static dev.atelier.local.node.NodeHarness.terminated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs as real processes. */
class NodeAgentTest {
  @TempDir Path state;
  private NodeHarness harness;

  @BeforeEach
  void start() {
    harness = new NodeHarness(state, new NodeCapacity(4, 0, 8));
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void aStageThatSucceedsCompletesItsJobAndLeavesItsLastWords() {
    harness.run("ok", "words", "{\"result\":\"Succeeded\"}", "exit", "0");
    Job job = harness.awaitEnd("ok");
    assertThat(JobConditions.isTrue(job.getStatus(), "Complete")).isPresent();
    assertThat(job.getStatus().getSucceeded()).isEqualTo(1);
    assertThat(job.getStatus().getFailed()).isNull();
    assertThat(job.getStatus().getCompletionTime()).isNotNull();
    Pod pod = harness.pods("ok").get(0);
    assertThat(terminated(pod).getMessage()).isEqualTo("{\"result\":\"Succeeded\"}");
    assertThat(terminated(pod).getReason()).isEqualTo("Completed");
    assertThat(pod.getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void badInputFailsTheJobAtOnceWithItsExitCode() {
    harness.run("bad", List.of("words", "no face", "exit", "42"), retries(5));
    Job job = harness.awaitEnd("bad");
    var failed = JobConditions.isTrue(job.getStatus(), "Failed").orElseThrow();
    assertThat(failed.getReason()).isEqualTo("PodFailurePolicy");
    assertThat(failed.getMessage())
        .contains("failed with exit code 42 matching FailJob rule at index 0");
    assertThat(job.getStatus().getFailed()).isEqualTo(1);
    assertThat(terminated(harness.pods("bad").get(0)).getMessage()).isEqualTo("no face");
  }

  @Test
  void otherFailuresAreRetriedUntilTheLimit() {
    harness.run("flaky", List.of("exit", "7"), retries(2));
    Job job = harness.awaitEnd("flaky");
    assertThat(JobConditions.isTrue(job.getStatus(), "Failed").orElseThrow().getReason())
        .isEqualTo("BackoffLimitExceeded");
    assertThat(job.getStatus().getFailed()).isEqualTo(3);
    assertThat(harness.pods("flaky")).hasSize(3);
  }

  @Test
  void aDeletedPodGetsTimeForItsCheckpointAndIsReplacedUncounted() {
    harness.run("train", "checkpoint");
    Pod first = harness.awaitWorking("train");
    harness.client().resource(first).delete();
    Pod second =
        harness.awaitPod("train", p -> !same(p, first) && harness.log(p).contains("working"));
    assertThat(second.getStatus().getPhase()).isEqualTo("Running");
    assertThat(harness.job("train").getStatus().getFailed()).isNull();
  }

  @Test
  void aKilledPodCountsAsAFailureAndIsReplaced() {
    harness.run("train", List.of("checkpoint"), retries(3));
    Pod first = harness.awaitWorking("train");
    harness
        .node()
        .process("default", first.getMetadata().getName())
        .orElseThrow()
        .destroyForcibly();
    harness.awaitPod("train", p -> !same(p, first) && PodFacts.phase(p).equals("Running"));
    Pod dead = harness.awaitPod("train", p -> same(p, first));
    assertThat(terminated(dead).getExitCode()).isEqualTo(137);
    assertThat(
            harness
                .awaitJob("train", j -> j.getStatus().getFailed() != null)
                .getStatus()
                .getFailed())
        .isEqualTo(1);
  }

  @Test
  void aStageThatIgnoresSigtermIsKilledAfterItsGracePeriod() {
    harness.run(
        "stubborn",
        List.of("stubborn"),
        job ->
            job.editSpec()
                .editTemplate()
                .editSpec()
                .withTerminationGracePeriodSeconds(1L)
                .endSpec()
                .endTemplate()
                .endSpec());
    Pod pod = harness.awaitWorking("stubborn");
    ProcessHandle process =
        harness.node().process("default", pod.getMetadata().getName()).orElseThrow();
    harness.client().resource(harness.job("stubborn")).delete();
    await().until(() -> !process.isAlive());
    await().until(() -> harness.pods("stubborn").isEmpty());
  }

  @Test
  void suspendingEndsThePodAndResumingStartsAnother() {
    harness.run("train", "checkpoint");
    Pod first = harness.awaitWorking("train");
    suspend("train", true);
    Job suspended =
        harness.awaitJob(
            "train",
            j ->
                j.getStatus().getActive() == null
                    && harness.pods("train").stream().allMatch(PodFacts::ended));
    assertThat(JobConditions.isTrue(suspended.getStatus(), "Suspended")).isPresent();
    suspend("train", false);
    Pod second = harness.awaitPod("train", p -> !same(p, first));
    assertThat(second.getMetadata().getName()).isNotEqualTo(first.getMetadata().getName());
    assertThat(harness.job("train").getStatus().getFailed()).isNull();
  }

  @Test
  void aDeadlineEndsTheJob() {
    harness.run(
        "slow", List.of("sleep"), job -> job.editSpec().withActiveDeadlineSeconds(1L).endSpec());
    Job job = harness.awaitEnd("slow");
    assertThat(JobConditions.isTrue(job.getStatus(), "Failed").orElseThrow().getReason())
        .isEqualTo("DeadlineExceeded");
  }

  @Test
  void indexedPodsKnowTheirIndexAndCountOncePerIndex() {
    harness.run(
        "shards",
        List.of("print", "JOB_COMPLETION_INDEX", "exit", "0"),
        job ->
            job.editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(3)
                .withParallelism(2)
                .endSpec());
    Job job = harness.awaitEnd("shards");
    assertThat(job.getStatus().getSucceeded()).isEqualTo(3);
    assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0-2");
    assertThat(harness.pods("shards").stream().map(harness::log).map(String::strip))
        .containsExactlyInAnyOrder("0", "1", "2");
  }

  @Test
  void mountsAndVariablesAreWhereTheSpecPutsThem() throws IOException {
    harness
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("stage")
                .withNamespace("default")
                .endMetadata()
                .addToData("stage.yaml", "kind: intake")
                .build())
        .create();
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
    Path photos = Files.createDirectory(state.resolve("photos"));
    Files.writeString(photos.resolve("a.txt"), "a photo");
    claim("photos", photos.toString());
    claim("work", "");
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
            "/work/out.txt",
            "print",
            "IP",
            "exit",
            "0"),
        NodeAgentTest::withMounts);
    harness.awaitEnd("mounts");
    Pod pod = harness.pods("mounts").get(0);
    String ip = pod.getStatus().getPodIP();
    assertThat(ip).startsWith("127.");
    assertThat(harness.log(pod).lines()).containsExactly("kind: intake", "hush", "a photo", ip);
    assertThat(state.resolve("volumes/default/work/out.txt")).hasContent("written by the pod");
    assertThat(photos.resolve("a.txt")).as("the pod is gone, the photos stay").exists();
    assertThat(state.resolve("pods/default").resolve(pod.getMetadata().getName()))
        .as("secrets do not outlive the pod")
        .isDirectoryNotContaining(p -> !p.endsWith("log"));
    assertThat(
            harness
                .client()
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName("work")
                .get()
                .getStatus()
                .getPhase())
        .isEqualTo("Bound");
  }

  @Test
  void aPodWaitsForWhatItMountsAndStartsOnceItIsThere() {
    claim("photos", "");
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
    harness.run("early", List.of("exit", "0"), NodeAgentTest::withMounts);
    await().until(() -> unscheduled("early").contains("persistentvolumeclaim \"work\" not found"));
    claim("work", "");
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
    harness
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("stage")
                .withNamespace("default")
                .endMetadata()
                .addToData("stage.yaml", "")
                .build())
        .create();
    assertThat(harness.awaitEnd("early").getStatus().getSucceeded()).isEqualTo(1);
  }

  @Test
  void aPodThatDoesNotFitWaitsUntilAnotherEnds() {
    harness.run("first", List.of("checkpoint"), cpus("3"));
    Pod first = harness.awaitWorking("first");
    harness.run("second", List.of("exit", "0"), cpus("2"));
    await()
        .until(() -> unscheduled("second").equals("0/1 nodes are available: 1 Insufficient cpu."));
    harness.client().resource(harness.job("first")).delete();
    assertThat(harness.awaitEnd("second").getStatus().getSucceeded()).isEqualTo(1);
    assertThat(harness.node().process("default", first.getMetadata().getName())).isEmpty();
  }

  @Test
  void aPodThatWantsAGpuWaitsOnAMachineWithout() {
    harness.run(
        "gpu",
        List.of("exit", "0"),
        job ->
            job.editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("nvidia.com/gpu", new Quantity("1"))
                .endResources()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec());
    await()
        .until(
            () ->
                unscheduled("gpu")
                    .equals("0/1 nodes are available: 1 Insufficient nvidia.com/gpu."));
    harness.client().resource(harness.job("gpu")).delete();
    await().until(() -> harness.pods("gpu").isEmpty());
  }

  @Test
  void aNodeThatShutsDownLetsPodsCheckpointAndTheNextOneContinues() {
    harness.run("train", "checkpoint");
    Pod first = harness.awaitWorking("train");
    harness.restartNode();
    Pod ended = harness.awaitPod("train", p -> same(p, first) && PodFacts.ended(p));
    assertThat(terminated(ended).getExitCode()).isEqualTo(75);
    assertThat(terminated(ended).getMessage()).isEqualTo("checkpointed");
    assertThat(PodFacts.hasCondition(ended, "DisruptionTarget", "True")).isTrue();
    harness.awaitPod("train", p -> !same(p, first) && harness.log(p).contains("working"));
    assertThat(harness.job("train").getStatus().getFailed()).isNull();
  }

  private static boolean same(Pod one, Pod other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private static java.util.function.Consumer<JobBuilder> retries(int limit) {
    return job -> job.editSpec().withBackoffLimit(limit).endSpec();
  }

  private static java.util.function.Consumer<JobBuilder> cpus(String cores) {
    return job ->
        job.editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .withNewResources()
            .addToRequests("cpu", new Quantity(cores))
            .endResources()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec();
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
        .withName("work")
        .withNewPersistentVolumeClaim("work", false)
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
        .withName("work")
        .withMountPath("/work")
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

  private void suspend(String job, boolean suspend) {
    harness
        .client()
        .resource(harness.job(job))
        .edit(
            j -> {
              j.getSpec().setSuspend(suspend);
              return j;
            });
  }

  private String unscheduled(String job) {
    return harness.pods(job).stream()
        .flatMap(p -> p.getStatus().getConditions().stream())
        .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
        .map(c -> c.getMessage())
        .findFirst()
        .orElse("");
  }

  private List<String> events() {
    return harness.client().v1().events().inNamespace("default").list().getItems().stream()
        .map(e -> e.getMessage())
        .toList();
  }
}
