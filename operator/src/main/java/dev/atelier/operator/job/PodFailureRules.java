package dev.atelier.operator.job;

import dev.atelier.stage.ExitCode;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.util.Arrays;

/** What the Job controller does when a pod fails. */
final class PodFailureRules {

  private PodFailureRules() {}

  /** When the stage's container ends with one of these codes. */
  static PodFailurePolicyRule onExit(String action, ExitCode... codes) {
    return new PodFailurePolicyRuleBuilder()
        .withAction(action)
        .withNewOnExitCodes()
        .withContainerName(StageManifests.CONTAINER)
        .withOperator("In")
        .withValues(Arrays.stream(codes).map(ExitCode::code).toList())
        .endOnExitCodes()
        .build();
  }

  /** When the cluster takes the pod away. */
  static PodFailurePolicyRule onDisruption(String action) {
    return new PodFailurePolicyRuleBuilder()
        .withAction(action)
        .addNewOnPodCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .endOnPodCondition()
        .build();
  }
}
