package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubelet of a node, and its scheduler where there is no other: looks at pods one at a time and on
 * fresh reads.
 */
final class PodAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodAgent.class);

  private final KubernetesClient client;
  private final NodeSettings settings;
  private final Scheduling scheduling;
  private final Clock clock;
  private final PodWriter writer;
  private final PodLauncher launcher;
  private final PodAddresses addresses = new PodAddresses();
  private final WorkQueue queue = new WorkQueue("node-agent", this::sync);
  private final SharedIndexInformer<Pod> pods;

  /** By uid. Like what follows, touched by the queue's thread only, until that has ended. */
  private final Map<String, RunningPod> running = new HashMap<>();

  private final Set<String> waiting = new LinkedHashSet<>();
  private final Restarts restarts = new Restarts();

  /** Keys that are looked at again by themselves, to ask whether they are ready. */
  private final Set<String> probed = new HashSet<>();

  PodAgent(KubernetesClient client, NodeSettings settings, Scheduling scheduling, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.scheduling = scheduling;
    this.clock = clock;
    writer = new PodWriter(client, clock);
    launcher = new PodLauncher(client, settings, clock);
    pods = client.pods().inAnyNamespace().runnableInformer(0);
    pods.addEventHandler(new OnAny<>(pod -> queue.add(key(pod))));
  }

  void start() {
    pods.start();
  }

  private static String key(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private void sync(String key) {
    String[] parts = key.split("/", 2);
    Pod pod = client.pods().inNamespace(parts[0]).withName(parts[1]).get();
    String uid = pod == null ? "" : pod.getMetadata().getUid();
    running.entrySet().stream()
        .filter(e -> e.getValue().key().equals(key) && !e.getKey().equals(uid))
        .toList()
        .forEach(e -> abandon(e.getKey(), e.getValue()));
    if (pod == null || !scheduling.concerns(pod)) {
      waiting.remove(key);
      return;
    }
    RunningPod own = running.get(uid);
    if (own != null) {
      attend(pod, own);
    } else if (PodFacts.deleting(pod)) {
      restarts.forget(uid);
      vanish(pod);
    } else if (Restarts.wanted(pod)) {
      if (restarts.due(pod, clock.instant())) {
        start(pod, key);
      }
    } else if (PodFacts.phase(pod).equals("Running")) {
      writer.status(pod, status(pod).ended(lost()));
    } else if (!PodFacts.ended(pod)) {
      start(pod, key);
    }
  }

  private PodStatuses status(Pod pod) {
    return new PodStatuses(pod, clock.instant());
  }

  private PodEnd lost() {
    String message = "The container could not be located when the node came back";
    return new PodEnd(137, "ContainerStatusUnknown", message, clock.instant(), true);
  }

  private void start(Pod pod, String key) {
    var missing = launcher.claims().missing(pod);
    var demand = PodDemand.of(pod);
    var shares = running.values().stream().map(RunningPod::share).toList();
    var placement = new Placement(settings.capacity(), shares);
    var refusal =
        missing
            .map("0/1 nodes are available: persistentvolumeclaim \"%s\" not found."::formatted)
            .or(() -> placement.refusal(demand));
    if (refusal.isPresent()) {
      waiting.add(key);
      if (scheduling.own()) {
        writer.status(pod, status(pod).unschedulable(refusal.get()));
      }
      missing.ifPresent(claim -> queue.add(key, settings.recheck()));
      return;
    }
    waiting.remove(key);
    writer.bind(pod, scheduling.node());
    launch(pod, key, placement.share(demand));
  }

  private void launch(Pod pod, String key, Placement.Share share) {
    String ip = addresses.take();
    try {
      RunningPod own = launcher.launch(pod, ip, share);
      restarts.forget(pod.getMetadata().getUid());
      running.put(pod.getMetadata().getUid(), own);
      own.process().onExit(() -> queue.add(key));
      LOG.info("pod {} runs as process, log in {}", key, own.files().log());
      attend(pod, own);
    } catch (PodNotReady e) {
      addresses.release(ip);
      writer.status(pod, status(pod).waiting(e.reason(), e.shown()));
      writer.warn(pod, e.event(), String.valueOf(e.getMessage()));
      queue.add(key, settings.recheck());
    } catch (IOException e) {
      addresses.release(ip);
      LOG.warn("pod {} does not start", key, e);
      var end =
          new PodEnd(128, "StartError", String.valueOf(e.getMessage()), clock.instant(), false);
      writer.status(pod, status(pod).ended(end));
    }
  }

  private void attend(Pod pod, RunningPod own) {
    String uid = pod.getMetadata().getUid();
    if (!own.process().alive() && Restarts.wanted(pod)) {
      writer.status(pod, status(pod).restarting(own.end()));
      forget(uid, own);
      queue.add(own.key(), restarts.after(pod, clock.instant()));
    } else if (!own.process().alive()) {
      writer.status(pod, status(pod).ended(own.end()));
      forget(uid, own);
    } else if (PodFacts.deleting(pod)) {
      stop(pod, own);
    } else {
      var probe = ReadinessProbe.of(own.container());
      boolean ready = probe.map(each -> each.passes(own.ip())).orElse(true);
      writer.status(pod, status(pod).running(own.ip(), own.process().started(), ready));
      probe.ifPresent(each -> lookAgain(own.key(), each.period()));
    }
  }

  private void lookAgain(String key, Duration pause) {
    if (probed.add(key)) {
      queue.schedule(
          () -> {
            probed.remove(key);
            queue.add(key);
          },
          pause);
    }
  }

  /** The deletion time of a pod is when its grace period ends. A second SIGTERM does no harm. */
  private void stop(Pod pod, RunningPod own) {
    Instant end = Instant.parse(pod.getMetadata().getDeletionTimestamp());
    Duration left = Duration.between(clock.instant(), end);
    if (left.isNegative() || left.isZero()) {
      own.process().kill();
    } else {
      own.process().terminate();
      queue.schedule(own.process()::kill, left);
    }
  }

  private void vanish(Pod pod) {
    waiting.remove(key(pod));
    if (!PodFacts.ended(pod)) {
      writer.status(pod, status(pod).failed("Deleted", "the pod was deleted before it ran"));
    }
    writer.release(pod);
  }

  private void abandon(String uid, RunningPod own) {
    own.process().kill();
    forget(uid, own);
  }

  private void forget(String uid, RunningPod own) {
    running.remove(uid);
    addresses.release(own.ip());
    clear(own.files());
    List.copyOf(waiting).forEach(queue::add);
  }

  private static void clear(PodFiles files) {
    try {
      files.clear();
    } catch (IOException e) {
      LOG.warn("cannot delete the files of a pod in {}", files.folder(), e);
    }
  }

  /** Ends all pods as a node that shuts down does: SIGTERM, grace, SIGKILL. */
  @Override
  public void close() {
    pods.close();
    queue.close();
    new NodeShutdown(client, writer, clock).end(running);
    running.values().forEach(own -> clear(own.files()));
    running.clear();
  }
}
