package dev.atelier.runtime.evaluate;

import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
          "FrechetInceptionClean",
          "KernelInception",
          "InceptionScore",
          "Precision",
          "Recall",
          "Density",
          "Coverage");

  /** Names of metrics that only clips have. */
  private static final List<String> OF_CLIPS =
      List.of("FrechetVideo", "TemporalConsistency", "Flicker", "Motion", "RepeatedFrames");

  private static final String CLIP = "clip";
  private static final String DINO = "dino";
  private static final String INCEPTION = "inception";

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
    return switch (field(name)) {
      case CLIP -> Optional.of(read(name, clip, metrics -> metrics.read(name)));
      case DINO -> Optional.of(read(name, dino, metrics -> metrics.read(name)));
      case INCEPTION -> Optional.of(read(name, inception, metrics -> metrics.read(name)));
      default -> ofClips(name);
    };
  }

  /**
   * Why a metric that needs such a model has no number in a stage that opened none; empty for other
   * metrics.
   */
  public static Optional<Reading> of(String name, PerceptionInput perception) {
    return switch (field(name)) {
      case CLIP -> Optional.of(absent(name, perception.clip()));
      case DINO -> Optional.of(absent(name, perception.dino()));
      case INCEPTION -> Optional.of(absent(name, perception.inception()));
      default -> ofClips(name);
    };
  }

  /** The field below {@code spec.perception} whose model a metric needs; empty for none. */
  public static String field(String name) {
    return switch (name) {
      case "ClipText", "ClipImage", "ClipDiscrepancy" -> CLIP;
      case "DinoImage" -> DINO;
      case "FrechetInception",
          "FrechetInceptionClean",
          "KernelInception",
          "InceptionScore",
          "Precision",
          "Recall",
          "Density",
          "Coverage" ->
          INCEPTION;
      default -> "";
    };
  }

  private static Reading absent(String name, @Nullable StoreLocation location) {
    return location == null
        ? missing(name)
        : new Reading.NotMeasured(
            name, "this stage does not open spec.perception.%s".formatted(field(name)));
  }

  private static <M> Reading read(String name, Optional<M> metrics, Function<M, Reading> reading) {
    return metrics.map(reading).orElseGet(() -> missing(name));
  }

  private static Optional<Reading> ofClips(String name) {
    return OF_CLIPS.contains(name)
        ? Optional.of(new Reading.NotMeasured(name, "it is a metric of clips, not of pictures"))
        : Optional.empty();
  }

  private static Reading missing(String name) {
    return missing(name, field(name));
  }

  /** Why a metric has no number where no model is configured in the field that it needs. */
  static Reading missing(String name, String field) {
    return new Reading.NotMeasured(
        name,
        "no model is configured; set spec.perception.%s.source of the DiffusionRuntime"
            .formatted(field));
  }
}
