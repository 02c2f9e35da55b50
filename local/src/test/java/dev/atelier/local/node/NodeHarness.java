package dev.atelier.local.node;

import static org.awaitility.Awaitility.await;

import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.cluster.ResourceAdmission;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A cluster with a node of four cores and no GPU, whose pods run {@link FakeStage}. */
final class NodeHarness implements AutoCloseable {
  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC());
  private final NodeSettings settings;
  private NodeAgent node;

  NodeHarness(Path state) {
    settings = settings(state);
    node = NodeAgent.start(client(), settings, Clock.systemUTC());
  }

  private static NodeSettings settings(Path state) {
    String classes = System.getProperty("user.dir") + "/target/test-classes";
    List<String> options = List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx32m");
    return NodeSettings.of(state, PodCommand.java(options, classes, FakeStage.class.getName()))
        .withCapacity(new NodeCapacity(4, 0, 8))
        .withJobBackoff(Duration.ofMillis(50));
  }

  KubernetesClient client() {
    return cluster.client();
  }

  NodeAgent node() {
    return node;
  }

  void restartNode() {
    node.close();
    node = NodeAgent.start(client(), settings, Clock.systemUTC());
  }

  /** A Job whose pod carries out verbs; its failure policy is the operator's. */
  Job run(String name, List<String> verbs, Consumer<JobBuilder> change) {
    JobBuilder job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(0)
            .withNewPodFailurePolicy()
            .addNewRule()
            .withAction("FailJob")
            .withNewOnExitCodes()
            .withOperator("In")
            .withValues(42, 43, 44)
            .endOnExitCodes()
            .endRule()
            .addNewRule()
            .withAction("Ignore")
            .withNewOnExitCodes()
            .withOperator("In")
            .withValues(75)
            .endOnExitCodes()
            .endRule()
            .addNewRule()
            .withAction("Ignore")
            .addNewOnPodCondition("True", "DisruptionTarget")
            .endRule()
            .endPodFailurePolicy()
            .withNewTemplate()
            .withNewSpec()
            .withRestartPolicy("Never")
            .withTerminationGracePeriodSeconds(20L)
            .addNewContainer()
            .withName("stage")
            .withImage("atelier-runtime")
            .withArgs(verbs)
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec();
    change.accept(job);
    return client().resource(job.build()).create();
  }

  Job run(String name, String... verbs) {
    return run(name, List.of(verbs), job -> {});
  }

  Job job(String name) {
    return client().batch().v1().jobs().inNamespace("default").withName(name).get();
  }

  Job awaitJob(String name, Predicate<Job> state) {
    return await(name).atMost(Duration.ofSeconds(40)).until(() -> job(name), state);
  }

  Job awaitEnd(String name) {
    return awaitJob(name, JobConditions::finished);
  }

  List<Pod> pods(String job) {
    return client().pods().inNamespace("default").withLabel("job-name", job).list().getItems();
  }

  /** The one pod of a Job, in a state. */
  Pod awaitPod(String job, Predicate<Pod> state) {
    return await(job)
        .atMost(Duration.ofSeconds(40))
        .until(() -> pods(job).stream().filter(state).findFirst(), java.util.Optional::isPresent)
        .orElseThrow();
  }

  /** A pod whose main class has said that it works. */
  Pod awaitWorking(String job) {
    return awaitPod(job, p -> PodFacts.phase(p).equals("Running") && log(p).contains("working"));
  }

  /** Why the scheduler has not placed a pod of the Job; empty when it has nothing to say. */
  String unscheduled(String job) {
    return pods(job).stream()
        .flatMap(p -> p.getStatus().getConditions().stream())
        .filter(c -> c.getType().equals("PodScheduled") && c.getStatus().equals("False"))
        .map(c -> c.getMessage())
        .findFirst()
        .orElse("");
  }

  String log(Pod pod) {
    try {
      return Files.readString(
          settings.pod(pod.getMetadata().getNamespace(), pod.getMetadata().getName()).log());
    } catch (IOException e) {
      return "";
    }
  }

  /** Lets the Job replace that many failed pods. */
  static Consumer<JobBuilder> retries(int limit) {
    return job -> job.editSpec().withBackoffLimit(limit).endSpec();
  }

  static ContainerStateTerminated terminated(Pod pod) {
    return PodFacts.terminated(PodFacts.containers(pod).get(0)).orElseThrow();
  }

  @Override
  public void close() {
    node.close();
    cluster.close();
  }
}
