package dev.atelier.runtime.evaluate;

import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Metrics that need a large model which does not ship. */
public final class LargeModelMetrics {

  private LargeModelMetrics() {}

  /** Why a metric has no number, for one that depends on a large model; empty for others. */
  public static Optional<Reading> of(String name, PerceptionInput perception) {
    return switch (name) {
      case "ClipText", "ClipImage" -> missing(name, "clip", perception.clip());
      case "DinoImage" -> missing(name, "dino", perception.dino());
      case "FrechetInception", "KernelInception", "InceptionScore" ->
          missing(name, "inception", perception.inception());
      case "FrechetVideo", "TemporalConsistency" ->
          Optional.of(new Reading.NotMeasured(name, "it is a metric of clips, not of pictures"));
      default -> Optional.empty();
    };
  }

  private static Optional<Reading> missing(
      String name, String model, @Nullable StoreLocation location) {
    return Optional.of(
        new Reading.NotMeasured(
            name,
            location == null
                ? "no model is configured; set spec.perception.%s.source of the DiffusionRuntime"
                    .formatted(model)
                : "this release does not compute it yet, although spec.perception.%s is set"
                    .formatted(model)));
  }
}
