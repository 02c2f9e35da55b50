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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Metrics that need a feature model of the DiffusionRuntime. Nothing is opened or read where no
 * such metric is asked for or no such model is configured.
 */
final class FeatureReadings implements AutoCloseable {

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
    var needed = needed(input, names);
    if (Stream.of(needed.clip(), needed.dino(), needed.inception(), needed.video())
        .allMatch(Objects::isNull)) {
      return new FeatureReadings(context, input, Optional.empty());
    }
    var torch = Compute.of(context.file().device()).start();
    try {
      var models = FeatureModels.open(torch, needed, context.stores()::local);
      return new FeatureReadings(context, input, Optional.of(models));
    } catch (IOException | RuntimeException e) {
      torch.close();
      throw e;
    }
  }

  /** The same without models that no metric of these names reads. */
  private static PerceptionInput needed(PerceptionInput input, List<String> names) {
    var fields = names.stream().map(name -> field(input, name)).collect(Collectors.toSet());
    return input.reading(
        fields.contains("clip") ? input.clip() : null,
        fields.contains("dino") ? input.dino() : null,
        fields.contains("inception") ? input.inception() : null,
        fields.contains("video") ? input.video() : null);
  }

  private static String field(PerceptionInput input, String name) {
    return switch (name) {
      case "TemporalConsistency" -> input.dino() == null ? "clip" : "dino";
      case "FrechetVideo" -> "video";
      default -> LargeModelMetrics.field(name);
    };
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
