package dev.atelier.operator.job;

import dev.atelier.operator.jobset.JobSet;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Wakes a resource when its Jobs, their pods or the pods' progress change. */
public final class StageSources<P extends HasMetadata> {

  private final InformerEventSource<Job, P> jobs;
  private final OptionalSource<JobSet, P> jobSets;
  private final QueueSource<P> queues;
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
    this.jobSets =
        OptionalSource.of(JobSet.class, () -> informer(JobSet.class, type, label, context));
    this.queues = new QueueSource<>(type, workload -> queued(workload, label), context);
    this.pods = informer(Pod.class, type, label, context);
    this.refused =
        troubles(Troubles.REFUSED, "Job", type, event -> owner(jobs, event, label), context);
    this.unmounted =
        troubles(Troubles.UNMOUNTED, "Pod", type, event -> owner(pods, event, label), context);
    this.progress =
        new ProgressEventSource<>(
            label, () -> pods.list(pod -> true), new ProgressClient(), interval);
  }

  /** All that the cluster has, for registration. */
  public List<EventSource<?, P>> all(KubernetesClient client) {
    var all = new ArrayList<EventSource<?, P>>(List.of(jobs, pods, refused, unmounted, progress));
    jobSets.atStart(client).ifPresent(all::add);
    queues.atStart(client).ifPresent(all::add);
    return all;
  }

  /** Whether the cluster has JobSet. */
  public boolean jobSets(Context<P> context) {
    return jobSets.find(context).isPresent();
  }

  /** What the caches know of a resource. */
  public JobsSeen seen(P resource, Context<P> context, Instant now) {
    var namespace = resource.getMetadata().getNamespace();
    var all = JobSetView.of(List.copyOf(context.getSecondaryResources(Job.class)), sets(context));
    return new JobsSeen(
        all,
        List.copyOf(pods.getSecondaryResources(resource)),
        Stream.concat(refused.list(namespace, any -> true), unmounted.list(namespace, any -> true))
            .toList(),
        held(all, context),
        progress.known(),
        now);
  }

  private List<JobSet> sets(Context<P> context) {
    return jobSets.watched().isPresent()
        ? List.copyOf(context.getSecondaryResources(JobSet.class))
        : List.of();
  }

  /** Kueue is asked about the Jobs that it holds, which are few, and about no other. */
  private Map<String, String> held(List<Job> jobs, Context<P> context) {
    var words = new HashMap<String, String>();
    jobs.stream()
        .filter(JobsSeen::held)
        .filter(job -> Labels.queue(job).isPresent())
        .map(job -> job.getMetadata().getUid())
        .forEach(uid -> queues.about(uid, context).ifPresent(said -> words.put(uid, said)));
    return words;
  }

  private Set<ResourceID> queued(HasMetadata workload, String label) {
    var namespace = workload.getMetadata().getNamespace();
    return QueueSource.owner(workload)
        .map(owner -> new ResourceID(owner.getName(), namespace))
        .flatMap(
            id ->
                Stream.<Optional<? extends HasMetadata>>of(
                    jobs.get(id), jobSets.watched().flatMap(source -> source.get(id))))
        .flatMap(Optional::stream)
        .flatMap(found -> owner(found, label).stream())
        .collect(Collectors.toSet());
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
