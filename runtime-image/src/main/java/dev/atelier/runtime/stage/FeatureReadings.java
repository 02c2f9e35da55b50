package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.FeatureModels;
import dev.atelier.runtime.evaluate.LargeModelMetrics;
import dev.atelier.runtime.evaluate.PictureSet;
import dev.atelier.runtime.evaluate.Reading;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.stage.PerceptionInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Metrics that need a feature model of the DiffusionRuntime. Nothing is opened or read where no
 * such metric is asked for or no such model is configured.
 */
final class FeatureReadings implements AutoCloseable {

  /** Metrics of clips that need a model. */
  private static final Set<String> OF_CLIPS = Set.of("TemporalConsistency", "FrechetVideo");

  private final StageContext context;
  private final PerceptionInput input;
  private final Optional<FeatureModels> models;

  private FeatureReadings(
      StageContext context, PerceptionInput input, Optional<FeatureModels> models) {
    this.context = context;
    this.input = input;
    this.models = models;
  }

  /** Opens what the metrics of these names need. */
  static FeatureReadings open(StageContext context, PerceptionInput input, List<String> names)
      throws IOException {
    boolean configured =
        Stream.of(input.clip(), input.dino(), input.inception(), input.video())
            .anyMatch(Objects::nonNull);
    if (!configured || names.stream().noneMatch(FeatureReadings::needsOne)) {
      return new FeatureReadings(context, input, Optional.empty());
    }
    var torch = Compute.of(context.file().device()).start();
    try {
      var models = FeatureModels.open(torch, input, context.stores()::local);
      return new FeatureReadings(context, input, Optional.of(models));
    } catch (IOException | RuntimeException e) {
      torch.close();
      throw e;
    }
  }

  private static boolean needsOne(String name) {
    return LargeModelMetrics.NAMES.contains(name) || OF_CLIPS.contains(name);
  }

  /** The models, where there are any. */
  Optional<FeatureModels> models() {
    return models;
  }

  /** Reads the metrics of drawn pictures, which are loaded again from the store, by name. */
  Function<String, Optional<Reading>> of(List<DrawnPicture> drawn, TrainingPhotos photos)
      throws IOException {
    if (models.isEmpty()) {
      return name -> LargeModelMetrics.of(name, input);
    }
    var pictures = new ArrayList<PictureSet.Drawn>();
    for (var picture : drawn) {
      if (picture.file().isPresent()) {
        var stored = new StoredPicture(context.store(), picture.file().get());
        pictures.add(new PictureSet.Drawn(picture.planned().text(), stored.read()));
      }
    }
    var references = new ArrayList<RgbImage>();
    for (var photo : photos.crops()) {
      references.add(photo.read());
    }
    return new LargeModelMetrics(models.get(), new PictureSet(pictures, references))::read;
  }

  @Override
  public void close() {
    models.ifPresent(
        opened -> {
          opened.close();
          opened.torch().close();
        });
  }
}
