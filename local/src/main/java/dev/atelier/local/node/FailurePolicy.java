package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code spec.podFailurePolicy}: the first rule that matches a failed pod says what it means. */
final class FailurePolicy {
  private FailurePolicy() {}

  /** What a rule says: FailJob, FailIndex, Ignore or Count. */
  record Match(String action, String message) {}

  static Optional<Match> match(Job job, Pod pod) {
    if (job.getSpec().getPodFailurePolicy() == null) {
      return Optional.empty();
    }
    List<PodFailurePolicyRule> rules = job.getSpec().getPodFailurePolicy().getRules();
    for (int i = 0; i < rules.size(); i++) {
      PodFailurePolicyRule rule = rules.get(i);
      String suffix = " matching %s rule at index %d".formatted(rule.getAction(), i);
      Optional<String> why = exitCode(rule, pod).or(() -> condition(rule, pod));
      if (why.isPresent()) {
        return Optional.of(new Match(rule.getAction(), why.get() + suffix));
      }
    }
    return Optional.empty();
  }

  static boolean ignores(Job job, Pod pod) {
    return match(job, pod).filter(m -> m.action().equals("Ignore")).isPresent();
  }

  private static Optional<String> exitCode(PodFailurePolicyRule rule, Pod pod) {
    PodFailurePolicyOnExitCodesRequirement wanted = rule.getOnExitCodes();
    if (wanted == null) {
      return Optional.empty();
    }
    for (ContainerStatus container : PodFacts.containers(pod)) {
      int code = PodFacts.terminated(container).map(t -> t.getExitCode()).orElse(0);
      boolean named =
          wanted.getContainerName() == null
              || wanted.getContainerName().equals(container.getName());
      boolean listed = wanted.getValues().contains(code) == wanted.getOperator().equals("In");
      if (code != 0 && named && listed) {
        return Optional.of(
            "Container %s for pod %s failed with exit code %d"
                .formatted(container.getName(), name(pod), code));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> condition(PodFailurePolicyRule rule, Pod pod) {
    return rule.getOnPodConditions().stream()
        .filter(
            c ->
                PodFacts.hasCondition(
                    pod, c.getType(), Objects.requireNonNullElse(c.getStatus(), "True")))
        .findFirst()
        .map(c -> "Pod %s has condition %s".formatted(name(pod), c.getType()));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }
}
