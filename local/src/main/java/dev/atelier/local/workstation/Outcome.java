package dev.atelier.local.workstation;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a resource stands, as far as somebody who waits for it is concerned. */
public enum Outcome {
  /** Something still happens. */
  RUNNING,
  /** Nothing happens until something else is there or changes. */
  WAITING,
  /** Ready or Complete. */
  DONE,
  /** Ended for this generation. */
  FAILED;

  /** Reasons of {@code Ready=False} that only another resource or the user can end. */
  private static final Set<String> WAITS =
      Set.of(
          "RuntimeNotFound",
          "RuntimeNotReady",
          "ModelNotReady",
          "NamespaceNotAllowed",
          "InvalidSpec",
          "NotSupported",
          "QuotaPending",
          "ImagePullFailed",
          "MountFailed",
          "Unschedulable",
          "Suspended");

  /**
   * The word in output for machines: {@code Running}, {@code Waiting}, {@code Done}, {@code
   * Failed}.
   */
  public String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** Reads the conditions; a condition about an older generation of the spec does not count. */
  public static Outcome of(Resource resource) {
    if (holds(resource, "Failed")) {
      return FAILED;
    }
    if (holds(resource, "Complete") || holds(resource, "Ready")) {
      return DONE;
    }
    return holds(resource, "Stalled") || ready(resource).filter(Outcome::waits).isPresent()
        ? WAITING
        : RUNNING;
  }

  /** Whether it will stay as it is. */
  public boolean isFinal() {
    return this == DONE || this == FAILED;
  }

  private static boolean holds(Resource resource, String type) {
    return resource
        .condition(type)
        .filter(condition -> condition.isTrue() && isCurrent(resource, condition))
        .isPresent();
  }

  private static Optional<Condition> ready(Resource resource) {
    return resource.condition("Ready").filter(condition -> isCurrent(resource, condition));
  }

  private static boolean waits(Condition ready) {
    return ready.status().equals("False") && WAITS.contains(ready.reason());
  }

  private static boolean isCurrent(Resource resource, Condition condition) {
    long observed =
        condition.observedGeneration() > 0
            ? condition.observedGeneration()
            : resource.status().path("observedGeneration").asLong();
    return observed == 0 || observed >= resource.generation();
  }
}
