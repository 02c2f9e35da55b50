package dev.atelier.runtime.evaluate;

import dev.atelier.stage.PerceptionInput;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Metrics of one set of pictures that need a feature model. Each set of features is computed once,
 * when the first metric asks for it.
 */
public final class LargeModelMetrics {
  /** Names that {@link #read} knows. */
  public static final List<String> NAMES =
      List.of(
          "ClipText",
          "ClipImage",
          "ClipDiscrepancy",
          "DinoImage",
          "FrechetInception",
          "KernelInception",
          "InceptionScore",
          "Precision",
          "Recall",
          "Density",
          "Coverage");

  private final Optional<ClipMetrics> clip;
  private final Optional<DinoMetrics> dino;
  private final Optional<InceptionMetrics> inception;

  public LargeModelMetrics(FeatureModels models, PictureSet set) {
    this.clip = models.clip().map(reader -> new ClipMetrics(reader, set));
    this.dino = models.dino().map(reader -> new DinoMetrics(reader, set));
    this.inception =
        models.inception().map(reader -> new InceptionMetrics(models.torch(), reader, set));
  }

  /** The reading of a metric; empty for a metric that is none of {@link #NAMES}. */
  public Optional<Reading> read(String name) {
    return switch (name) {
      case "ClipText", "ClipImage", "ClipDiscrepancy" ->
          Optional.of(read(name, "clip", clip, metrics -> metrics.read(name)));
      case "DinoImage" -> Optional.of(read(name, "dino", dino, metrics -> metrics.read(name)));
      case "FrechetInception",
          "KernelInception",
          "InceptionScore",
          "Precision",
          "Recall",
          "Density",
          "Coverage" ->
          Optional.of(read(name, "inception", inception, metrics -> metrics.read(name)));
      default -> ofClips(name);
    };
  }

  /** Why a metric has no number where no model is configured; empty for other metrics. */
  public static Optional<Reading> of(String name, PerceptionInput perception) {
    return switch (name) {
      case "ClipText", "ClipImage" ->
          perception.clip() == null ? missing(name, "clip") : Optional.empty();
      case "DinoImage" -> perception.dino() == null ? missing(name, "dino") : Optional.empty();
      case "FrechetInception", "KernelInception", "InceptionScore" ->
          perception.inception() == null ? missing(name, "inception") : Optional.empty();
      default -> ofClips(name);
    };
  }

  private static <M> Reading read(
      String name, String field, Optional<M> metrics, Function<M, Reading> reading) {
    return metrics.map(reading).or(() -> missing(name, field)).orElseThrow();
  }

  private static Optional<Reading> ofClips(String name) {
    return name.equals("FrechetVideo") || name.equals("TemporalConsistency")
        ? Optional.of(new Reading.NotMeasured(name, "it is a metric of clips, not of pictures"))
        : Optional.empty();
  }

  private static Optional<Reading> missing(String name, String field) {
    return Optional.of(
        new Reading.NotMeasured(
            name,
            "no model is configured; set spec.perception.%s.source of the DiffusionRuntime"
                .formatted(field)));
  }
}
