package dev.atelier.operator.job;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** Whether a resource may use its DiffusionRuntime now. */
public final class RuntimeAccess {

  private RuntimeAccess() {}

  /** What stands in the way, for the Ready condition. */
  public record Obstacle(Reason reason, String message) {}

  /** The obstacle of one that does not exist: nobody knows where the files of a run are. */
  public static Optional<Obstacle> missing(String name, Optional<DiffusionRuntime> found) {
    return found.isPresent()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Reason.RuntimeNotFound,
                "there is no DiffusionRuntime '%s'; create it or correct the name ('kubectl get diffusionruntimes' lists them)"
                    .formatted(name)));
  }

  /** The obstacle, or empty if a pod may be started with the runtime from the namespace. */
  public static Optional<Obstacle> obstacle(
      String name, Optional<DiffusionRuntime> found, String namespace) {
    var missing = missing(name, found);
    return missing.isPresent()
        ? missing
        : found.flatMap(runtime -> refused(name, runtime, namespace));
  }

  private static Optional<Obstacle> refused(
      String name, DiffusionRuntime runtime, String namespace) {
    if (!runtime.getSpec().allows(namespace)) {
      return Optional.of(
          new Obstacle(
              Reason.NamespaceNotAllowed,
              "DiffusionRuntime '%s' does not allow namespace '%s'; ask its owner to list it in spec.allowedNamespaces"
                  .formatted(name, namespace)));
    }
    return ready(runtime)
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Reason.RuntimeNotReady,
                "DiffusionRuntime '%s' is not Ready: %s".formatted(name, why(runtime))));
  }

  private static boolean ready(DiffusionRuntime runtime) {
    return ConditionSet.isTrue(conditions(runtime), ConditionType.Ready);
  }

  private static String why(DiffusionRuntime runtime) {
    return ConditionSet.find(conditions(runtime), ConditionType.Ready)
        .map(Condition::getMessage)
        .orElse("the operator has not looked at it yet");
  }

  private static List<Condition> conditions(DiffusionRuntime runtime) {
    return runtime.getStatus() == null ? List.of() : runtime.getStatus().conditions();
  }
}
