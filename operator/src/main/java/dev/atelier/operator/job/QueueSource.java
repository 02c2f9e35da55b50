package dev.atelier.operator.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Kueue says about the Jobs that it holds back: the conditions of its Workloads. */
final class QueueSource<P extends HasMetadata> {

  /** The newest first: the older one is deprecated where both are served. */
  private static final List<GroupVersionKind> WORKLOADS =
      Stream.of("v1beta2", "v1beta1")
          .map(version -> new GroupVersionKind("kueue.x-k8s.io", version, "Workload"))
          .toList();

  private static final String OWNER = "owner";

  /** In this order something is missing: first quota, then what else admission asks for. */
  private static final List<String> STEPS = List.of("QuotaReserved", "Admitted");

  private final OptionalSource<GenericKubernetesResource, P> workloads;

  /**
   * @param mapper whose a Workload is
   */
  QueueSource(
      Class<P> primary,
      SecondaryToPrimaryMapper<GenericKubernetesResource> mapper,
      EventSourceContext<P> context) {
    this.workloads =
        new OptionalSource<>(
            client -> served(client).map(workload -> source(workload, primary, mapper, context)));
  }

  Optional<EventSource<GenericKubernetesResource, P>> atStart(KubernetesClient client) {
    return workloads.atStart(client);
  }

  /** Kueue's word about a Job; empty where there is no Kueue, or it has nothing against it. */
  Optional<String> about(String uid, Context<P> context) {
    return workloads.find(context).stream()
        .flatMap(source -> source.byIndex(OWNER, uid).stream())
        .flatMap(workload -> obstacle(workload).stream())
        .findFirst();
  }

  /** The Job or JobSet that a Workload stands for. */
  static Stream<OwnerReference> owner(HasMetadata workload) {
    return Objects.requireNonNullElse(
            workload.getMetadata().getOwnerReferences(), List.<OwnerReference>of())
        .stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()));
  }

  static Optional<String> obstacle(GenericKubernetesResource workload) {
    JsonNode conditions = Serialization.jsonMapper().valueToTree(workload).at("/status/conditions");
    return STEPS.stream()
        .flatMap(
            step ->
                StreamSupport.stream(conditions.spliterator(), false)
                    .filter(one -> step.equals(one.path("type").asText())))
        .filter(one -> "False".equals(one.path("status").asText()))
        .map(one -> one.path("message").asText())
        .filter(message -> !message.isEmpty())
        .findFirst();
  }

  private static <P extends HasMetadata> InformerEventSource<GenericKubernetesResource, P> source(
      GroupVersionKind workload,
      Class<P> primary,
      SecondaryToPrimaryMapper<GenericKubernetesResource> mapper,
      EventSourceContext<P> context) {
    var source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(workload, primary)
                .withName("workloads")
                .withSecondaryToPrimaryMapper(mapper)
                .withNamespacesInheritedFromController()
                .build(),
            context);
    source.addIndexers(Map.of(OWNER, one -> owner(one).map(OwnerReference::getUid).toList()));
    return source;
  }

  private static Optional<GroupVersionKind> served(KubernetesClient client) {
    return WORKLOADS.stream()
        .filter(workload -> client.supports(workload.apiVersion(), workload.getKind()))
        .findFirst();
  }
}
