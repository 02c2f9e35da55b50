package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When containers of pods that are to go on for good are started again: at once, then after ten
 * seconds, and each time after twice as long, up to five minutes; as a kubelet does.
 */
final class Restarts {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 5;

  /** By uid of the pod. */
  private final Map<String, Instant> due = new HashMap<>();

  /** Whether the pod's container is started again whenever it ends. */
  static boolean wanted(Pod pod) {
    return "Always".equals(pod.getSpec().getRestartPolicy()) && !PodFacts.deleting(pod);
  }

  /**
   * Notes that the container of a pod has ended.
   *
   * @return how long it is to wait
   */
  Duration after(Pod pod, Instant now) {
    Duration pause = pause(PodFacts.restarts(pod));
    due.put(pod.getMetadata().getUid(), now.plus(pause));
    return pause;
  }

  /** Whether the time has come; it has for a pod whose container never ended. */
  boolean due(Pod pod, Instant now) {
    Instant time = due.get(pod.getMetadata().getUid());
    return time == null || !now.isBefore(time);
  }

  /** Forgets a pod that has a container again, or needs none any more. */
  void forget(String uid) {
    due.remove(uid);
  }

  private static Duration pause(int restarts) {
    if (restarts == 0) {
      return Duration.ZERO;
    }
    Duration pause = FIRST.multipliedBy(1L << Math.min(restarts - 1, DOUBLINGS));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
