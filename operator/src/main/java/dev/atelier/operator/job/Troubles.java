package dev.atelier.operator.job;

import dev.atelier.api.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What Kubernetes tells in events only: pods that it refuses to create, volumes it cannot mount.
 */
public final class Troubles {

  /** The Job controller's word when the API server refuses its pod. */
  static final String REFUSED = "FailedCreate";

  /** The kubelet's word when a volume, Secret or ConfigMap is missing. */
  public static final String UNMOUNTED = "FailedMount";

  private Troubles() {}

  static Optional<StageState.Waiting> ofJob(Job job, List<Event> events) {
    return newest(events, event -> REFUSED.equals(event.getReason()) && about(event, job))
        .map(
            event -> {
              var message = Objects.requireNonNullElse(event.getMessage(), "");
              return message.contains("exceeded quota")
                  ? new StageState.Waiting(Reason.QuotaPending, message)
                  : new StageState.Waiting(Reason.PodRefused, message);
            });
  }

  static Optional<StageState.Waiting> ofPod(PodReport pod, List<Event> events) {
    return newest(
            events,
            event ->
                UNMOUNTED.equals(event.getReason())
                    && pod.uid().equals(event.getInvolvedObject().getUid()))
        .map(
            event ->
                new StageState.Waiting(
                    Reason.MountFailed,
                    "pod %s: %s"
                        .formatted(
                            pod.name(), Objects.requireNonNullElse(event.getMessage(), ""))));
  }

  /** What keeps a pod that is to stay from being ready: it cannot start, or it ended. */
  public static Optional<StageState.Waiting> ofStaying(Pod pod, List<Event> events) {
    var report = new PodReport(pod);
    return report.trouble().or(() -> ofPod(report, events)).or(report::crashed);
  }

  /** Whether no process of the pod is left. */
  public static boolean over(Pod pod) {
    return new PodReport(pod).over();
  }

  private static boolean about(Event event, Job job) {
    var object = event.getInvolvedObject();
    return JobSetView.is(job)
        ? JobSetManifests.jobName(job.getMetadata().getName()).equals(object.getName())
        : job.getMetadata().getUid().equals(object.getUid());
  }

  private static Optional<Event> newest(List<Event> events, Predicate<Event> which) {
    return events.stream()
        .filter(which)
        .max(
            Comparator.comparing(
                event -> Objects.requireNonNullElse(event.getLastTimestamp(), "")));
  }
}
