package dev.atelier.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;

/** What a person at a terminal does and sees, through the API alone. */
final class Story {

  static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String RUN_LABEL = "atelier.dev/headshotmodel";

  private static final String STAGE_LABEL = "app.kubernetes.io/component";

  private final KubernetesClient client;
  private final String namespace;

  /** A story in the namespace {@code default}. */
  Story(KubernetesClient client) {
    this(client, "default");
  }

  Story(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** {@code kubectl create namespace} */
  void createNamespace() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  /** {@code kubectl apply -f -} */
  void apply(String yaml) {
    client.resource(yaml).createOr(NonDeletingOperation::update);
  }

  /** A claim for a volume that the story fills itself. */
  void claim(String name) {
    apply(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, namespace: default}
        spec:
          accessModes: [ReadWriteMany]
          resources: {requests: {storage: 1Gi}}
        """
            .formatted(name));
  }

  /** {@code kubectl annotate} */
  void annotate(String kind, String name, String key, String value) {
    resource(kind, name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  /** {@code kubectl patch --type merge} on the spec. */
  void patchSpec(String kind, String name, String json) {
    resource(kind, name).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + json + "}");
  }

  /** {@code kubectl delete} */
  void delete(String kind, String name) {
    resource(kind, name).delete();
  }

  /** The resource as the API shows it now. */
  Optional<JsonNode> get(String kind, String name) {
    return Optional.ofNullable(resource(kind, name).get())
        .map(found -> Serialization.jsonMapper().valueToTree(found));
  }

  /** Waits until the resource fulfils the predicate and returns it. */
  JsonNode until(String what, String kind, String name, Predicate<JsonNode> predicate) {
    try {
      await(what + " of " + kind + " " + name)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> get(kind, name).filter(predicate).isPresent());
    } catch (ConditionTimeoutException e) {
      var status = get(kind, name).map(found -> found.path("status").toPrettyString());
      throw new AssertionError(
          "%s %s never came to %s; its status: %s".formatted(kind, name, what, status), e);
    }
    return get(kind, name).orElseThrow();
  }

  /** Waits until a condition has the status. */
  JsonNode untilCondition(String kind, String name, String type, String status) {
    return until(
        type + "=" + status, kind, name, found -> condition(found, type, "status").equals(status));
  }

  /** Waits until Ready is false for the reason. */
  JsonNode untilNotReady(String kind, String name, String reason) {
    return until(
        "Ready=False " + reason,
        kind,
        name,
        found ->
            condition(found, "Ready", "status").equals("False")
                && condition(found, "Ready", "reason").equals(reason));
  }

  /** Waits until the resource is gone. */
  void untilGone(String kind, String name) {
    await(kind + " " + name + " gone").atMost(PATIENCE).until(() -> get(kind, name).isEmpty());
  }

  /** A field of a condition, or an empty text. */
  static String condition(JsonNode resource, String type, String field) {
    return StreamSupport.stream(resource.at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(condition -> condition.path(field).asText())
        .findFirst()
        .orElse("");
  }

  /** The Jobs of a HeadshotModel. */
  List<Job> jobs(String model) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel(RUN_LABEL, model)
        .list()
        .getItems();
  }

  /** The Jobs of one stage of a HeadshotModel. */
  List<Job> jobs(String model, String stage) {
    return jobs(model).stream()
        .filter(job -> stage.equals(job.getMetadata().getLabels().get(STAGE_LABEL)))
        .toList();
  }

  /** Waits for a running pod of one stage of a HeadshotModel. */
  Pod runningPod(String model, String stage) {
    return runningPod(RUN_LABEL, model, stage);
  }

  /** Waits for a running pod of one stage of what a label names. */
  Pod runningPod(String label, String name, String stage) {
    await(stage + " pod of " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> findRunningPod(label, name, stage).isPresent());
    return findRunningPod(label, name, stage).orElseThrow();
  }

  private Optional<Pod> findRunningPod(String label, String name, String stage) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(label, name)
        .withLabel(STAGE_LABEL, stage)
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .findFirst();
  }

  /** {@code kubectl get} of a kind of ours. */
  List<GenericKubernetesResource> list(String kind) {
    return resources(kind).list().getItems();
  }

  private Resource<GenericKubernetesResource> resource(String kind, String name) {
    return resources(kind).withName(name);
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      resources(String kind) {
    var context =
        new ResourceDefinitionContext.Builder()
            .withGroup("atelier.dev")
            .withVersion("v1alpha1")
            .withKind(kind)
            .withNamespaced(true)
            .build();
    return client.genericKubernetesResources(context).inNamespace(namespace);
  }
}
