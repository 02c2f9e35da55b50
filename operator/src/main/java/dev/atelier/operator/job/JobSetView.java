package dev.atelier.operator.job;

import dev.atelier.operator.jobset.JobSet;
import dev.atelier.operator.jobset.JobSetSpec;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JobSet as the rules see a Job: they ask how far the work is, not of how many objects it is
 * made. What JobSet does not repeat, such as why a Job failed, comes from its Job.
 */
final class JobSetView {

  private JobSetView() {}

  /** Jobs of their own, and JobSets in the place of theirs. */
  static List<Job> of(List<Job> jobs, List<JobSet> sets) {
    return Stream.concat(
            jobs.stream().filter(job -> setOf(job).isEmpty()),
            sets.stream().map(set -> of(set, childOf(set, jobs))))
        .toList();
  }

  /** Whether a Job of the rules is a JobSet in the cluster. */
  static boolean is(Job job) {
    return "JobSet".equals(job.getKind());
  }

  /** How often all pods of a JobSet were started anew; those before left no trace. */
  static int restarts(Job job) {
    return is(job) ? Objects.requireNonNullElse(job.getStatus().getFailed(), 0) : 0;
  }

  private static Job of(JobSet set, Optional<Job> child) {
    var conditions = set.getStatus() == null ? List.<Condition>of() : set.getStatus().conditions();
    return new JobBuilder()
        .withApiVersion(set.getApiVersion())
        .withKind(set.getKind())
        .withMetadata(set.getMetadata())
        .withNewSpec()
        .withSuspend(set.getSpec().suspend())
        .withBackoffLimit(
            Optional.ofNullable(set.getSpec().failurePolicy())
                .map(JobSetSpec.FailurePolicy::maxRestarts)
                .orElse(null))
        .withCompletions(template(set).map(JobSpec::getCompletions).orElse(null))
        .withActiveDeadlineSeconds(
            template(set).map(JobSpec::getActiveDeadlineSeconds).orElse(null))
        .endSpec()
        .withNewStatus()
        .withStartTime(set.getMetadata().getCreationTimestamp())
        .withFailed(set.getStatus() == null ? 0 : set.getStatus().restarts())
        .withConditions(
            conditions.stream().flatMap(condition -> verdict(condition, child).stream()).toList())
        .endStatus()
        .build();
  }

  private static Optional<JobCondition> verdict(Condition condition, Optional<Job> child) {
    if (!"True".equals(condition.getStatus())) {
      return Optional.empty();
    }
    return switch (condition.getType()) {
      case "Completed" -> Optional.of(verdict("Complete", condition));
      case "Failed" ->
          Optional.of(
              child
                  .flatMap(JobEnd::of)
                  .map(JobEnd::verdict)
                  .filter(why -> "Failed".equals(why.getType()))
                  .orElseGet(() -> verdict("Failed", condition)));
      default -> Optional.empty();
    };
  }

  private static JobCondition verdict(String type, Condition condition) {
    return new JobConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(condition.getReason())
        .withMessage(condition.getMessage())
        .withLastTransitionTime(condition.getLastTransitionTime())
        .build();
  }

  private static Optional<JobSpec> template(JobSet set) {
    return set.getSpec().replicatedJobs().stream().map(job -> job.template().getSpec()).findFirst();
  }

  private static Optional<Job> childOf(JobSet set, List<Job> jobs) {
    return jobs.stream()
        .filter(job -> setOf(job).filter(set.getMetadata().getName()::equals).isPresent())
        .findFirst();
  }

  private static Optional<String> setOf(Job job) {
    return Optional.ofNullable(job.getMetadata().getLabels())
        .map(labels -> labels.get(JobSet.NAME_LABEL));
  }
}
