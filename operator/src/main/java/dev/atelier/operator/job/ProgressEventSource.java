package dev.atelier.operator.job;

import dev.atelier.stage.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks running pods how far they are, beside the reconciliations, and wakes the resource whose pod
 * has news. Runs where the controller runs: in the leader.
 */
public final class ProgressEventSource<P extends HasMetadata>
    extends AbstractEventSource<Progress, P> {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressEventSource.class);

  private final String label;
  private final Supplier<Stream<Pod>> pods;
  private final ProgressClient client;
  private final Duration interval;
  private final ConcurrentMap<String, Progress> known = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService clock;

  /**
   * @param label of the pods that names the resource
   * @param pods the pods of this controller, from a cache
   * @param interval between two rounds
   */
  public ProgressEventSource(
      String label, Supplier<Stream<Pod>> pods, ProgressClient client, Duration interval) {
    super(Progress.class, "progress");
    this.label = label;
    this.pods = pods;
    this.client = client;
    this.interval = interval;
  }

  /** What the pods said last, by the uid of the pod. */
  public Map<String, Progress> known() {
    return Map.copyOf(known);
  }

  @Override
  public Set<Progress> getSecondaryResources(P primary) {
    return Set.of();
  }

  @Override
  public synchronized void start() {
    super.start();
    var executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "progress-" + label);
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(
        this::round, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    clock = executor;
  }

  @Override
  public synchronized void stop() {
    super.stop();
    if (clock != null) {
      clock.shutdownNow();
    }
  }

  private void round() {
    try {
      var running =
          pods.get().map(PodReport::new).filter(PodReport::running).map(PodReport::pod).toList();
      known
          .keySet()
          .retainAll(
              running.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet()));
      running.forEach(
          pod -> client.ask(pod).thenAccept(answer -> answer.ifPresent(p -> news(pod, p))));
    } catch (RuntimeException e) {
      LOG.warn("cannot ask pods for their progress; the next round tries again", e);
    }
  }

  private void news(Pod pod, Progress progress) {
    var before = known.put(pod.getMetadata().getUid(), progress);
    if (progress.equals(before) || !isRunning()) {
      return;
    }
    var metadata = pod.getMetadata();
    getEventHandler()
        .handleEvent(
            new Event(new ResourceID(metadata.getLabels().get(label), metadata.getNamespace())));
  }
}
