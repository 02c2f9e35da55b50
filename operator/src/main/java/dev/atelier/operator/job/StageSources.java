package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Wakes a resource when its Jobs, their pods or the pods' progress change. */
public final class StageSources<P extends HasMetadata> {

  private final InformerEventSource<Job, P> jobs;
  private final InformerEventSource<Pod, P> pods;
  private final InformerEventSource<Event, P> refused;
  private final InformerEventSource<Event, P> unmounted;
  private final ProgressEventSource<P> progress;

  /**
   * @param kind of the resource, as its label names it
   * @param interval between two questions to the same pod
   */
  public StageSources(
      Class<P> type, String kind, Duration interval, EventSourceContext<P> context) {
    var label = Labels.ofKind(kind);
    this.jobs = informer(Job.class, type, label, context);
    this.pods = informer(Pod.class, type, label, context);
    this.refused =
        troubles(Troubles.REFUSED, "Job", type, event -> owner(jobs, event, label), context);
    this.unmounted =
        troubles(Troubles.UNMOUNTED, "Pod", type, event -> owner(pods, event, label), context);
    this.progress =
        new ProgressEventSource<>(
            label, () -> pods.list(pod -> true), new ProgressClient(), interval);
  }

  /** All of them, for registration. */
  public List<EventSource<?, P>> all() {
    return List.of(jobs, pods, refused, unmounted, progress);
  }

  /** What the caches know of a resource. */
  public JobsSeen seen(P resource, Context<P> context, Instant now) {
    var namespace = resource.getMetadata().getNamespace();
    return new JobsSeen(
        List.copyOf(context.getSecondaryResources(Job.class)),
        List.copyOf(context.getSecondaryResources(Pod.class)),
        Stream.concat(refused.list(namespace, any -> true), unmounted.list(namespace, any -> true))
            .toList(),
        progress.known(),
        now);
  }

  /**
   * Kubernetes says some things in events only. The server selects the few of one reason and kind;
   * whose they are is known once the Job or pod is.
   */
  private static <P extends HasMetadata> InformerEventSource<Event, P> troubles(
      String reason,
      String about,
      Class<P> primary,
      SecondaryToPrimaryMapper<Event> mapper,
      EventSourceContext<P> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Event.class, primary)
            .withName(reason)
            .withFieldSelector(
                new FieldSelectorBuilder()
                    .withField("reason", reason)
                    .withField("involvedObject.kind", about)
                    .build())
            .withSecondaryToPrimaryMapper(mapper)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private static Set<ResourceID> owner(
      InformerEventSource<? extends HasMetadata, ?> about, Event event, String label) {
    var object = event.getInvolvedObject();
    return about
        .get(new ResourceID(object.getName(), object.getNamespace()))
        .<Set<ResourceID>>map(found -> owner(found, label))
        .orElse(Set.of());
  }

  private static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> informer(
      Class<R> secondary, Class<P> primary, String label, EventSourceContext<P> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(secondary, primary)
            .withLabelSelector(Labels.SELECTOR + "," + label)
            .withSecondaryToPrimaryMapper(resource -> owner(resource, label))
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private static Set<ResourceID> owner(HasMetadata resource, String label) {
    var metadata = resource.getMetadata();
    return Set.of(new ResourceID(metadata.getLabels().get(label), metadata.getNamespace()));
  }
}
