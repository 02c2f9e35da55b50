package dev.atelier.operator.jobset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a JobSet is made of.
 *
 * @param suspend Kueue's; the operator never writes it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobSetSpec(
    List<ReplicatedJob> replicatedJobs,
    @Nullable Network network,
    @Nullable FailurePolicy failurePolicy,
    @Nullable Boolean suspend) {

  public JobSetSpec {
    replicatedJobs = List.copyOf(Objects.requireNonNullElse(replicatedJobs, List.of()));
  }

  /** A Job, so many times. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ReplicatedJob(String name, Integer replicas, JobTemplateSpec template) {}

  /**
   * How the pods find each other.
   *
   * @param enableDNSHostnames by a headless Service with the name of the JobSet
   * @param publishNotReadyAddresses before they are ready, too
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Network(Boolean enableDNSHostnames, Boolean publishNotReadyAddresses) {}

  /**
   * What follows when a Job fails.
   *
   * @param maxRestarts of all Jobs
   * @param restartStrategy {@code BlockingRecreate}: no new Job before the old ones are gone
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record FailurePolicy(
      Integer maxRestarts, @Nullable String restartStrategy, List<FailureRule> rules) {

    public FailurePolicy {
      rules = List.copyOf(Objects.requireNonNullElse(rules, List.of()));
    }
  }

  /**
   * The first rule that fits a failed Job says what to do.
   *
   * @param onJobFailureReasons of the Job's condition
   * @param onJobFailureMessagePatterns regular expressions for its message; none fits every one
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record FailureRule(
      String name,
      String action,
      List<String> onJobFailureReasons,
      List<String> onJobFailureMessagePatterns) {

    public FailureRule {
      onJobFailureReasons = List.copyOf(Objects.requireNonNullElse(onJobFailureReasons, List.of()));
      onJobFailureMessagePatterns =
          List.copyOf(Objects.requireNonNullElse(onJobFailureMessagePatterns, List.of()));
    }
  }
}
