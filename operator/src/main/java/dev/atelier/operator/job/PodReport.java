package dev.atelier.operator.job;

import dev.atelier.api.Reason;
import dev.atelier.operator.jobset.JobSet;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one pod says about itself. */
record PodReport(Pod pod) {

  private static final Set<String> OVER = Set.of("Succeeded", "Failed");
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";
  private static final String JOB_UID = "batch.kubernetes.io/controller-uid";
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  /** Reasons of a waiting container that only a person can mend. */
  private static final Map<String, Reason> TROUBLE =
      Map.of(
          "ErrImagePull", Reason.ImagePullFailed,
          "ImagePullBackOff", Reason.ImagePullFailed,
          "InvalidImageName", Reason.ImagePullFailed,
          "ErrImageNeverPull", Reason.ImagePullFailed,
          "CreateContainerConfigError", Reason.MountFailed,
          "CreateContainerError", Reason.MountFailed,
          "FailedMount", Reason.MountFailed);

  String name() {
    return pod.getMetadata().getName();
  }

  String uid() {
    return pod.getMetadata().getUid();
  }

  /** Whether no process of the pod is left. */
  boolean over() {
    return pod.getStatus() != null && OVER.contains(String.valueOf(pod.getStatus().getPhase()));
  }

  /** Whether it ended other than well. */
  boolean failed() {
    return pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase());
  }

  /** Whether its container ended with 0. */
  boolean succeeded() {
    return exitCode().filter(code -> code == 0).isPresent();
  }

  /** Whether it failed in a way that costs a retry: not by a checkpoint, nor taken away. */
  boolean counts() {
    return failed()
        && exitCode().filter(code -> code == ExitCode.CHECKPOINTED.code()).isEmpty()
        && conditions()
            .filter(one -> "DisruptionTarget".equals(one.getType()))
            .noneMatch(one -> "True".equals(one.getStatus()));
  }

  /** Whether it ended as no Job tries again. */
  boolean endedForGood() {
    return exitCode().flatMap(ExitCode::of).filter(ExitCode::isFinal).isPresent();
  }

  /** The kubelet's word for how the container ended. */
  Optional<String> kubeletReason() {
    return ended().map(ContainerStateTerminated::getReason);
  }

  boolean running() {
    return pod.getStatus() != null
        && "Running".equals(pod.getStatus().getPhase())
        && pod.getMetadata().getDeletionTimestamp() == null;
  }

  int index() {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations == null ? 0 : Integer.parseInt(annotations.getOrDefault(INDEX, "0"));
  }

  Optional<Integer> exitCode() {
    return ended().map(ContainerStateTerminated::getExitCode);
  }

  Optional<TerminationMessage> words() {
    return ended().map(ContainerStateTerminated::getMessage).flatMap(StageJson::lastWords);
  }

  /** When the container ended, as text that sorts by time; empty if nobody knows. */
  String finishedAt() {
    return ended().map(ContainerStateTerminated::getFinishedAt).orElse("");
  }

  /** When the container started. */
  Optional<Instant> startedAt() {
    return containers()
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(PodReport::startOf)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Instant::parse);
  }

  /** Whether the kernel ended the container at its memory limit. */
  boolean outOfMemory() {
    return ended().filter(end -> "OOMKilled".equals(end.getReason())).isPresent();
  }

  /** Whether the pod was made for a Job of that name. */
  boolean named(String job) {
    return job.equals(together() ? label(JobSet.NAME_LABEL) : label(JOB_NAME));
  }

  /** Whether the pod belongs to the Job, and not to one that had its name before. */
  boolean of(Job job) {
    var uid = together() ? label(JobSet.UID_LABEL) : label(JOB_UID);
    return named(job.getMetadata().getName())
        && (uid.isEmpty() || uid.equals(job.getMetadata().getUid()));
  }

  /** Whether the pod's Job is one of a JobSet, which stands for it. */
  private boolean together() {
    return !label(JobSet.NAME_LABEL).isEmpty();
  }

  private String label(String name) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(name, "");
  }

  /** GPU seconds: the pod's own count, or its container's time where it had no time to count. */
  long gpuSeconds(int gpus, Instant now) {
    return words()
        .map(TerminationMessage::gpuSeconds)
        .orElseGet(
            () -> {
              var end = finishedAt().isEmpty() ? now : Instant.parse(finishedAt());
              return startedAt()
                  .map(start -> gpus * Duration.between(start, end).toSeconds())
                  .orElse(0L);
            });
  }

  private static @Nullable String startOf(ContainerState state) {
    if (state.getRunning() != null) {
      return state.getRunning().getStartedAt();
    }
    return state.getTerminated() == null ? null : state.getTerminated().getStartedAt();
  }

  /** What keeps the pod from starting. */
  Optional<StageState.Waiting> trouble() {
    return containers()
        .map(container -> container.getState() == null ? null : container.getState().getWaiting())
        .filter(Objects::nonNull)
        .filter(waiting -> TROUBLE.containsKey(String.valueOf(waiting.getReason())))
        .findFirst()
        .map(this::held)
        .or(this::unschedulable);
  }

  /** How the container ended, now or before it was started again. */
  Optional<StageState.Waiting> crashed() {
    return ended()
        .or(
            () ->
                containers()
                    .map(ContainerStatus::getLastState)
                    .filter(Objects::nonNull)
                    .map(ContainerState::getTerminated)
                    .filter(Objects::nonNull)
                    .findFirst())
        .map(this::crash);
  }

  private StageState.Waiting crash(ContainerStateTerminated end) {
    if ("OOMKilled".equals(end.getReason())) {
      return new StageState.Waiting(
          Reason.OutOfMemory, "the kernel ended pod %s at its memory limit".formatted(name()));
    }
    var words = StageJson.lastWords(Objects.requireNonNullElse(end.getMessage(), ""));
    return new StageState.Waiting(
        words
            .map(TerminationMessage::reason)
            .flatMap(JobFailure::reason)
            .orElse(Reason.RetriesExhausted),
        words
            .map(said -> "pod %s: %s".formatted(name(), said.message()))
            .orElseGet(
                () ->
                    "pod %s ended with exit code %d; see its log"
                        .formatted(name(), end.getExitCode())));
  }

  private StageState.Waiting held(ContainerStateWaiting waiting) {
    return new StageState.Waiting(
        Objects.requireNonNull(TROUBLE.get(waiting.getReason())),
        "pod %s: %s: %s"
            .formatted(
                name(), waiting.getReason(), Objects.requireNonNullElse(waiting.getMessage(), "")));
  }

  private Optional<StageState.Waiting> unschedulable() {
    return conditions()
        .filter(one -> "PodScheduled".equals(one.getType()))
        .filter(one -> "False".equals(one.getStatus()))
        .filter(one -> "Unschedulable".equals(one.getReason()))
        .findFirst()
        .map(
            one ->
                new StageState.Waiting(
                    Reason.Unschedulable, "pod %s: %s".formatted(name(), one.getMessage())));
  }

  private Stream<PodCondition> conditions() {
    return pod.getStatus() == null
        ? Stream.empty()
        : Objects.requireNonNullElse(
            pod.getStatus().getConditions(), java.util.List.<PodCondition>of())
            .stream();
  }

  private Stream<ContainerStatus> containers() {
    return pod.getStatus() == null
        ? Stream.empty()
        : Objects.requireNonNullElse(
            pod.getStatus().getContainerStatuses(), java.util.List.<ContainerStatus>of())
            .stream();
  }

  private Optional<ContainerStateTerminated> ended() {
    return containers()
        .map(one -> one.getState() == null ? null : one.getState().getTerminated())
        .filter(Objects::nonNull)
        .findFirst();
  }
}
