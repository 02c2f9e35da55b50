package dev.atelier.api;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The next conditions of a resource, derived from the present ones. A condition that says what it
 * said before stays equal to itself, so that a reconcile without news writes nothing.
 */
public final class ConditionSet {

  private final List<Condition> conditions;
  private final long generation;
  private final Instant now;

  private ConditionSet(List<Condition> conditions, long generation, Instant now) {
    this.conditions = List.copyOf(conditions);
    this.generation = generation;
    this.now = now;
  }

  /**
   * Starts from the present conditions.
   *
   * @param present what the status holds
   * @param generation of the spec that is answered
   * @param now transition time of conditions whose status changes
   */
  public static ConditionSet of(List<Condition> present, long generation, Instant now) {
    return new ConditionSet(present, generation, now.truncatedTo(ChronoUnit.SECONDS));
  }

  /** With the condition True. */
  public ConditionSet yes(ConditionType type, Reason reason, String message) {
    return with(type, "True", reason, message);
  }

  /** With the condition False. */
  public ConditionSet no(ConditionType type, Reason reason, String message) {
    return with(type, "False", reason, message);
  }

  /** With the condition Unknown. */
  public ConditionSet unknown(ConditionType type, Reason reason, String message) {
    return with(type, "Unknown", reason, message);
  }

  /** With what the condition says said of this generation too; the same where there is none. */
  public ConditionSet again(ConditionType type) {
    return new ConditionSet(
        conditions.stream()
            .map(
                one ->
                    type.name().equals(one.getType())
                        ? new ConditionBuilder(one).withObservedGeneration(generation).build()
                        : one)
            .toList(),
        generation,
        now);
  }

  /** Without the condition. */
  public ConditionSet without(ConditionType type) {
    var rest = conditions.stream().filter(one -> !type.name().equals(one.getType())).toList();
    return new ConditionSet(rest, generation, now);
  }

  /** The condition of the type. */
  public Optional<Condition> find(ConditionType type) {
    return find(conditions, type);
  }

  /** Whether the condition is there and True. */
  public boolean isTrue(ConditionType type) {
    return isTrue(conditions, type);
  }

  /** The condition of the type in a status. */
  public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
    return conditions.stream().filter(one -> type.name().equals(one.getType())).findFirst();
  }

  /** Whether a status holds the condition as True. */
  public static boolean isTrue(List<Condition> conditions, ConditionType type) {
    return find(conditions, type).map(one -> "True".equals(one.getStatus())).orElse(false);
  }

  /** The conditions; those that were there keep their place. */
  public List<Condition> toList() {
    return conditions;
  }

  private ConditionSet with(ConditionType type, String status, Reason reason, String message) {
    var old = find(type);
    var since =
        old.filter(one -> status.equals(one.getStatus()))
            .map(Condition::getLastTransitionTime)
            .filter(Objects::nonNull)
            .orElse(now.toString());
    var next =
        new ConditionBuilder()
            .withType(type.name())
            .withStatus(status)
            .withReason(reason.name())
            .withMessage(message)
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build();
    var all = new ArrayList<>(conditions);
    old.ifPresentOrElse(one -> all.set(all.indexOf(one), next), () -> all.add(next));
    return new ConditionSet(all, generation, now);
  }
}
