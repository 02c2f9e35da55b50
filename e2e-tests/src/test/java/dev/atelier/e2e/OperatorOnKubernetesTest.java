package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The operator as a process of its own against a real API server, in a cluster without a node, so
 * that no pod ever runs: what it writes, how often, and which of two writes.
 */
@OnKubernetes
final class OperatorOnKubernetesTest {

  private static final String NAMESPACE = "operators";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<String, String> SETTINGS = Map.of("ATELIER_NAMESPACES", NAMESPACE);
  private static final Map<String, String> ELECTED =
      Map.of(
          "ATELIER_NAMESPACES", NAMESPACE,
          "ATELIER_LEADER_ELECTION", "true",
          "POD_NAMESPACE", NAMESPACE);

  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final Story story;

  OperatorOnKubernetesTest(TestCluster cluster) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    story = new Story(admin, NAMESPACE);
  }

  @BeforeAll
  void createNamespaceAndRuntime() {
    story.createNamespace();
    story.apply(
        """
        apiVersion: atelier.dev/v1alpha1
        kind: DiffusionRuntime
        metadata: {name: nowhere}
        spec:
          model:
            family: StableDiffusion
            source: {pvc: {claimName: models}}
          storage: {pvc: {claimName: artifacts}}
          gpu: {count: 0}
        """);
  }

  @AfterAll
  void closeClient() {
    admin.close();
  }

  @Test
  void anOperatorThatFindsAllAsItShouldBeWritesNothing() {
    try (var first = OperatorProcess.start(cluster, "operator-first", SETTINGS)) {
      apply("settled");
      story.apply(inNamespace(Portraits.generation("settled-pictures", "settled")));
      awaitUnschedulable("settled");
      story.until(
          "waiting for its model",
          "GenerationJob",
          "settled-pictures",
          job -> Story.condition(job, "Ready", "reason").equals("ModelNotReady"));
      assertThat(cluster.audit().writes("operator-first"))
          .extracting(AuditLog.Call::resource)
          .contains("jobs", "configmaps", "headshotmodels");
    }
    var before = versions();

    try (var second = OperatorProcess.start(cluster, "operator-second", SETTINGS)) {
      await("a look at every resource")
          .atMost(PATIENCE)
          .until(
              () ->
                  second.reconciled("HeadshotModel") > 0
                      && second.reconciled("GenerationJob") > 0
                      && second.reconciled("DiffusionRuntime") > 0);
    }

    assertThat(cluster.audit().of("operator-second"))
        .as("each kind is listed for one cache, however many controllers look at it")
        .filteredOn(call -> call.verb().equals("list"))
        .extracting(AuditLog.Call::resource)
        .filteredOn(Set.of("headshotmodels", "videogenerators", "generationjobs")::contains)
        .containsExactlyInAnyOrder("headshotmodels", "videogenerators", "generationjobs");
    assertThat(cluster.audit().writes("operator-second")).isEmpty();
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void theKubectlPluginShowsWhatWaitsAndStartsItAnew() {
    try (var operator = OperatorProcess.start(cluster, "operator-asked", SETTINGS)) {
      apply("asked");
      awaitUnschedulable("asked");
      var plugin = new AtelierPlugin(cluster.kubeconfigFile(), Path.of("target"));

      assertThat(plugin.run(Map.of(), "status", "hsm", "asked", "-n", NAMESPACE))
          .contains(
              "HeadshotModel/asked  Unschedulable: ", "run r1-", "○ Train", "pod asked-intake");
      assertThat(plugin.run(Map.of(), "get", "hsm", "-n", NAMESPACE)).contains("asked", "LoRA");
      assertThat(plugin.run(Map.of(), "estimate", "asked", "-n", NAMESPACE))
          .contains("HeadshotModel/asked on DiffusionRuntime/nowhere", "steps of");
      assertThat(plugin.run(Map.of(), "retrain", "asked", "-n", NAMESPACE))
          .contains("HeadshotModel/asked: run 2 starts (spec.runNonce 1)");
      story.until(
          "its second run",
          "HeadshotModel",
          "asked",
          model -> model.at("/status/run/nonce").asLong() == 1);
    }
  }

  @Test
  void ofTwoOperatorsOneWorksAndTheOtherTakesOverWhenItIsKilled() {
    try (var leader = OperatorProcess.start(cluster, "operator-leader", ELECTED)) {
      awaitHolder("operator-leader");
      try (var standby = OperatorProcess.start(cluster, "operator-standby", ELECTED)) {
        apply("led");
        awaitUnschedulable("led");
        assertThat(cluster.audit().writes("operator-standby")).isEmpty();

        leader.kill();
        apply("inherited");
        awaitUnschedulable("inherited");

        assertThat(holder()).isEqualTo("operator-standby");
        assertThat(jobs("led")).as("started once").hasSize(1);
      }
    }
  }

  private void apply(String name) {
    story.apply(
        inNamespace(Portraits.model(name, 10)).replace("{name: tiny-portrait}", "{name: nowhere}"));
  }

  private static String inNamespace(String yaml) {
    return yaml.replace("namespace: default", "namespace: " + NAMESPACE);
  }

  /** The scheduler's verdict has reached the status: nothing more happens to this model. */
  private void awaitUnschedulable(String name) {
    var model =
        story.until(
            "what the scheduler says",
            "HeadshotModel",
            name,
            found -> Story.condition(found, "Ready", "reason").equals("Unschedulable"));
    assertThat(Story.condition(model, "Ready", "message")).contains("no nodes available");
  }

  private void awaitHolder(String user) {
    await(user + " holds the lease").atMost(PATIENCE).until(() -> holder().equals(user));
  }

  private String holder() {
    return admin.leases().inNamespace(NAMESPACE).list().getItems().stream()
        .map(lease -> lease.getSpec().getHolderIdentity())
        .findFirst()
        .orElse("");
  }

  private List<String> jobs(String model) {
    return story.jobs(model).stream().map(job -> job.getMetadata().getName()).toList();
  }

  /** Every object that the operator owns or answers for, with its version. */
  private Map<String, String> versions() {
    var found = new TreeMap<String, String>();
    List.of("HeadshotModel", "GenerationJob")
        .forEach(kind -> story.list(kind).forEach(object -> put(found, object)));
    admin
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .forEach(job -> put(found, job));
    admin.configMaps().inNamespace(NAMESPACE).list().getItems().forEach(map -> put(found, map));
    admin.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> !event.getInvolvedObject().getKind().equals("Pod"))
        .forEach(event -> put(found, event));
    return found;
  }

  private static void put(Map<String, String> versions, HasMetadata object) {
    var metadata = object.getMetadata();
    versions.put(object.getKind() + " " + metadata.getName(), metadata.getResourceVersion());
  }
}
