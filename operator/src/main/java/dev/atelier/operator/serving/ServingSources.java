package dev.atelier.operator.serving;

import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.job.Labels;
import dev.atelier.operator.job.OptionalSource;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.Troubles;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Wakes a VideoGenerator when what serves its model changes. */
final class ServingSources {

  private static final String SELECTOR = Labels.SELECTOR + "," + Labels.SERVING;

  private final OptionalSource<Deployment, VideoGenerator> deployments;
  private final InformerEventSource<Service, VideoGenerator> services;
  private final InformerEventSource<Pod, VideoGenerator> pods;
  private final InformerEventSource<Event, VideoGenerator> unmounted;

  ServingSources(EventSourceContext<VideoGenerator> context) {
    this.deployments =
        OptionalSource.of(
            Deployment.class, () -> informer(Deployment.class, "serving-deployments", context));
    this.services = informer(Service.class, "serving-services", context);
    this.pods = informer(Pod.class, "serving-pods", context);
    this.unmounted = unmounted(context);
  }

  /** All that the cluster has, for registration. */
  List<EventSource<?, VideoGenerator>> all(KubernetesClient client) {
    var all = new ArrayList<EventSource<?, VideoGenerator>>(List.of(services, pods, unmounted));
    deployments.atStart(client).ifPresent(all::add);
    return all;
  }

  /** What the caches know of a resource; one that asks for no serving asks for no Deployments. */
  ServingSeen seen(VideoGenerator video, Context<VideoGenerator> context) {
    boolean wanted = video.getSpec().serving() != null;
    var source = wanted ? deployments.find(context) : deployments.watched();
    return new ServingSeen(
            source.isPresent(),
            source.flatMap(found -> found.getSecondaryResource(video)),
            services.getSecondaryResource(video),
            List.copyOf(pods.getSecondaryResources(video)),
            unmounted.list(video.getMetadata().getNamespace(), any -> true).toList())
        .of(Owner.of(video));
  }

  /** The kubelet says in events only which Secret or ConfigMap a pod waits for. */
  private InformerEventSource<Event, VideoGenerator> unmounted(
      EventSourceContext<VideoGenerator> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Event.class, VideoGenerator.class)
            .withName("serving-" + Troubles.UNMOUNTED)
            .withFieldSelector(
                new FieldSelectorBuilder()
                    .withField("reason", Troubles.UNMOUNTED)
                    .withField("involvedObject.kind", "Pod")
                    .build())
            .withSecondaryToPrimaryMapper(this::whose)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private Set<ResourceID> whose(Event event) {
    var object = event.getInvolvedObject();
    return pods.get(new ResourceID(object.getName(), object.getNamespace()))
        .map(ServingSources::owner)
        .orElse(Set.of());
  }

  private static <R extends HasMetadata> InformerEventSource<R, VideoGenerator> informer(
      Class<R> type, String name, EventSourceContext<VideoGenerator> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, VideoGenerator.class)
            .withName(name)
            .withLabelSelector(SELECTOR)
            .withSecondaryToPrimaryMapper(ServingSources::owner)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private static Set<ResourceID> owner(HasMetadata resource) {
    var metadata = resource.getMetadata();
    return Set.of(
        new ResourceID(metadata.getLabels().get(Labels.SERVING), metadata.getNamespace()));
  }
}
