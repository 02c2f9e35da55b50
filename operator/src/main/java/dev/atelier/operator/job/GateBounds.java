package dev.atelier.operator.job;

import dev.atelier.api.GateRule;
import dev.atelier.api.Metric;
import dev.atelier.api.ModelSource;
import dev.atelier.api.PerceptionSpec;
import dev.atelier.api.Reason;
import dev.atelier.operator.job.RuntimeAccess.Obstacle;
import dev.atelier.stage.GateInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a gate. A rule that names only its metric takes the bound that was found for the
 * models that ship (docs/evaluation.md), or of CLIP the one that the runtime says; with another
 * model, or for another metric, nobody knows one.
 */
public final class GateBounds {

  /** What a default bound was found for. */
  private enum Judge {
    /** No learned model. */
    NONE,
    FACE_DETECTOR,
    FACE_EMBEDDING
  }

  private record Bound(@Nullable Double min, @Nullable Double max, Judge judge) {}

  private static final Map<Metric, Bound> SHIPPED =
      Map.of(
          Metric.IdentitySimilarity, new Bound(0.5, null, Judge.FACE_EMBEDDING),
          Metric.FaceDetectionRate, new Bound(0.9, null, Judge.FACE_DETECTOR),
          Metric.Memorisation, new Bound(null, 0.9, Judge.NONE),
          Metric.Diversity, new Bound(0.1, null, Judge.NONE));

  private GateBounds() {}

  /** The rules with their numbers. */
  static List<GateInput> of(List<GateRule> rules, PerceptionSpec perception) {
    return rules.stream().map(rule -> of(rule, perception)).toList();
  }

  /** Why a rule of the gate cannot be completed with these models, if so. */
  public static Optional<Obstacle> obstacle(List<GateRule> rules, PerceptionSpec perception) {
    return rules.stream()
        .filter(GateBounds::open)
        .flatMap(rule -> withoutDefault(rule.metric(), perception).stream())
        .map(why -> new Obstacle(Reason.InvalidSpec, why))
        .findFirst();
  }

  private static GateInput of(GateRule rule, PerceptionSpec perception) {
    var name = rule.metric().name();
    return Optional.of(rule)
        .filter(GateBounds::open)
        .flatMap(bare -> bound(bare.metric(), perception))
        .map(bound -> new GateInput(name, bound.min(), bound.max()))
        .orElseGet(
            () ->
                new GateInput(
                    name, RuntimeInputs.number(rule.min()), RuntimeInputs.number(rule.max())));
  }

  /** The bound of a rule that names only its metric. */
  private static Optional<Bound> bound(Metric metric, PerceptionSpec perception) {
    return metric == Metric.ClipText
        ? Optional.ofNullable(perception.clip())
            .map(clip -> RuntimeInputs.number(clip.promptMinSimilarity()))
            .map(min -> new Bound(min, null, Judge.NONE))
        : Optional.ofNullable(SHIPPED.get(metric));
  }

  private static boolean open(GateRule rule) {
    return rule.min() == null && rule.max() == null;
  }

  private static Optional<String> withoutDefault(Metric metric, PerceptionSpec perception) {
    var bound = bound(metric, perception);
    if (bound.isEmpty()) {
      return Optional.of(
          metric == Metric.ClipText
              ? "evaluation.gate: ClipText takes its default bound from the DiffusionRuntime's spec.perception.clip.promptMinSimilarity, which is not set; set it there, or min here"
              : "evaluation.gate: %s has no default bound; set its min or max".formatted(metric));
    }
    return switch (bound.get().judge()) {
      case NONE -> Optional.empty();
      case FACE_DETECTOR ->
          other(
              metric,
              "faceDetector",
              PerceptionSpec.FaceDetector.SHIPPED,
              perception.faceDetector().model(),
              perception.faceDetector().source());
      case FACE_EMBEDDING ->
          other(
              metric,
              "faceEmbedding",
              PerceptionSpec.FaceEmbedding.SHIPPED,
              perception.faceEmbedding().model(),
              perception.faceEmbedding().source());
    };
  }

  private static Optional<String> other(
      Metric metric, String field, String shipped, String model, @Nullable ModelSource source) {
    return model.equals(shipped) && source == null
        ? Optional.empty()
        : Optional.of(
            "evaluation.gate: the default bound of %s is that of %s as it ships, and the DiffusionRuntime's spec.perception.%s is another model; measure it and set min or max"
                .formatted(metric, shipped, field));
  }
}
