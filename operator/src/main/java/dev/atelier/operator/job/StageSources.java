package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Wakes a resource when its Jobs, their pods or the pods' progress change. */
public final class StageSources<P extends HasMetadata> {

  private final InformerEventSource<Job, P> jobs;
  private final InformerEventSource<Pod, P> pods;
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
    this.progress =
        new ProgressEventSource<>(
            label, () -> pods.list(pod -> true), new ProgressClient(), interval);
  }

  /** All of them, for registration. */
  public List<EventSource<?, P>> all() {
    return List.of(jobs, pods, progress);
  }

  /** What pods said last. */
  public ProgressEventSource<P> progress() {
    return progress;
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
