package dev.atelier.operator.job;

import dev.atelier.api.Reason;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads why Kubernetes gave up on a Job. */
final class JobFailure {

  private static final Pattern EXIT_CODE = Pattern.compile("failed with exit code (\\d{1,3})\\b");

  private JobFailure() {}

  static StageState.Broken read(JobCondition failed, List<PodReport> pods) {
    var last =
        pods.stream()
            .filter(pod -> pod.exitCode().filter(code -> code != 0).isPresent())
            .max(
                Comparator.comparing(JobFailure::severity)
                    .thenComparing(PodReport::finishedAt)
                    .thenComparing(PodReport::name));
    var exit =
        last.flatMap(PodReport::exitCode)
            .or(() -> told(failed))
            .flatMap(ExitCode::of)
            .filter(ExitCode::isFinal);
    var words = last.flatMap(PodReport::words);
    if ("DeadlineExceeded".equals(failed.getReason())) {
      return new StageState.Broken(
          Reason.DeadlineExceeded,
          "the stage ran longer than its deadline; raise spec.limits.activeDeadlineSeconds and try again",
          Optional.empty(),
          words);
    }
    if (exit.isEmpty() && last.filter(PodReport::outOfMemory).isPresent()) {
      return new StageState.Broken(
          Reason.OutOfMemory,
          "the kernel ended pod %s at its memory limit".formatted(last.get().name()),
          Optional.of(ExitCode.OUT_OF_MEMORY),
          words);
    }
    if (exit.isPresent()) {
      return unmendable(exit.get(), words);
    }
    return new StageState.Broken(
        Reason.RetriesExhausted, exhausted(failed, last, words), Optional.empty(), words);
  }

  private static StageState.Broken unmendable(ExitCode exit, Optional<TerminationMessage> words) {
    return new StageState.Broken(
        words.map(TerminationMessage::reason).flatMap(JobFailure::reason).orElse(of(exit)),
        words
            .map(TerminationMessage::message)
            .orElse("the pod ended with exit code %d without a word".formatted(exit.code())),
        Optional.of(exit),
        words);
  }

  private static String exhausted(
      JobCondition failed, Optional<PodReport> last, Optional<TerminationMessage> words) {
    var ending =
        words
            .map(TerminationMessage::message)
            .or(
                () ->
                    last.flatMap(
                        pod ->
                            pod.exitCode()
                                .map(
                                    code ->
                                        "pod %s ended with exit code %d; see its log"
                                            .formatted(pod.name(), code))))
            .orElseGet(() -> Objects.requireNonNullElse(failed.getMessage(), "no pod is left"));
    return "gave up after all retries; the last try: " + ending;
  }

  /** The exit code as the Job controller tells it, for pods that were removed. */
  private static Optional<Integer> told(JobCondition failed) {
    var message = Objects.requireNonNullElse(failed.getMessage(), "");
    var found = EXIT_CODE.matcher(message);
    return "PodFailurePolicy".equals(failed.getReason()) && found.find()
        ? Optional.of(Integer.valueOf(found.group(1)))
        : Optional.empty();
  }

  private static int severity(PodReport pod) {
    return pod.endedForGood() ? 1 : 0;
  }

  static Optional<Reason> reason(String name) {
    return Arrays.stream(Reason.values()).filter(one -> one.name().equals(name)).findFirst();
  }

  private static Reason of(ExitCode exit) {
    return switch (exit) {
      case OUT_OF_MEMORY -> Reason.OutOfMemory;
      case DIVERGED -> Reason.Diverged;
      default -> Reason.BadInput;
    };
  }
}
