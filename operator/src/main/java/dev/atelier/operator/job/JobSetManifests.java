package dev.atelier.operator.job;

import dev.atelier.operator.jobset.JobSet;
import dev.atelier.operator.jobset.JobSetSpec;
import dev.atelier.operator.jobset.JobSetSpec.FailureRule;
import dev.atelier.operator.jobset.JobSetSpec.ReplicatedJob;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.PodVariable;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.List;

/**
 * The JobSet of a training over several nodes: one pod on each, all or none. A pod that is lost
 * takes the others with it, since they wait for it; all start anew from the checkpoint, but none
 * before the last of the old is gone. {@code spec.suspend} is left to Kueue.
 */
final class JobSetManifests {

  /** The only Job of the JobSet. */
  private static final String NODE = "node";

  /** Where the pod of rank 0 listens; the port that torch's launchers use. */
  private static final int MASTER_PORT = 29500;

  private static final String RANK =
      "metadata.annotations['batch.kubernetes.io/job-completion-index']";

  private JobSetManifests() {}

  static JobSet of(StageRequest request, ObjectMeta metadata) {
    var set = new JobSet();
    set.setMetadata(metadata);
    set.setSpec(
        new JobSetSpec(
            List.of(new ReplicatedJob(NODE, 1, job(request))),
            new JobSetSpec.Network(true, true),
            new JobSetSpec.FailurePolicy(request.limits().retries(), "BlockingRecreate", rules()),
            null));
    return set;
  }

  /** Name of the one Job of a JobSet. */
  static String jobName(String jobSet) {
    return "%s-%s-0".formatted(jobSet, NODE);
  }

  /** How the pods find each other, by the names that torch.distributed reads. */
  static List<EnvVar> rendezvous(StageRequest request) {
    var set = request.key().jobName();
    return List.of(
        variable(PodVariable.MASTER_ADDR, "%s-0.%s".formatted(jobName(set), set)),
        variable(PodVariable.MASTER_PORT, Integer.toString(MASTER_PORT)),
        variable(PodVariable.WORLD_SIZE, Integer.toString(request.nodes())),
        new EnvVarBuilder()
            .withName(PodVariable.RANK.variable())
            .withNewValueFrom()
            .withNewFieldRef()
            .withApiVersion("v1")
            .withFieldPath(RANK)
            .endFieldRef()
            .endValueFrom()
            .build());
  }

  /** Kueue's labels are on the JobSet alone: it is what is queued. */
  private static JobTemplateSpec job(StageRequest request) {
    return new JobTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.own(request.key()))
        .endMetadata()
        .withNewSpec()
        .withParallelism(request.nodes())
        .withCompletions(request.nodes())
        .withCompletionMode("Indexed")
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(request.deadlineSeconds())
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failurePolicy())
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Labels.own(request.key()))
        .endMetadata()
        .withSpec(StagePods.spec(request))
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Every end but the good one ends the Job; its words tell the rules below which it was. */
  private static PodFailurePolicy failurePolicy() {
    return new PodFailurePolicyBuilder()
        .withRules(
            PodFailureRules.onExit(
                "FailJob",
                ExitCode.BAD_INPUT,
                ExitCode.OUT_OF_MEMORY,
                ExitCode.DIVERGED,
                ExitCode.CHECKPOINTED),
            PodFailureRules.onDisruption("FailJob"))
        .build();
  }

  private static List<FailureRule> rules() {
    return List.of(
        new FailureRule(
            "noRetryMendsIt",
            "FailJobSet",
            List.of("PodFailurePolicy"),
            List.of(
                "failed with exit code (%d|%d|%d) "
                    .formatted(
                        ExitCode.BAD_INPUT.code(),
                        ExitCode.OUT_OF_MEMORY.code(),
                        ExitCode.DIVERGED.code()))),
        new FailureRule("deadline", "FailJobSet", List.of("DeadlineExceeded"), List.of()),
        new FailureRule(
            "disruption",
            "RestartJobSetAndIgnoreMaxRestarts",
            List.of("PodFailurePolicy"),
            List.of()));
  }

  private static EnvVar variable(PodVariable variable, String value) {
    return new EnvVarBuilder().withName(variable.variable()).withValue(value).build();
  }
}
