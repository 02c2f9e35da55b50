package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.FeatureModels;
import dev.atelier.runtime.evaluate.LargeModelMetrics;
import dev.atelier.runtime.evaluate.PictureSet;
import dev.atelier.runtime.evaluate.Reading;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PerceptionInput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Read by the CLIP model of the DiffusionRuntime, as evaluation reads {@code ClipText}. */
final class ClipAlignment implements PromptAlignment {

  private static final String METRIC = "ClipText";

  private final FeatureModels models;

  private ClipAlignment(FeatureModels models) {
    this.models = models;
  }

  /** Opens the configured model alone. */
  static ClipAlignment open(StageContext context, Torch torch, PerceptionInput input)
      throws IOException {
    var clip = input.reading(input.clip(), null, null, null);
    return new ClipAlignment(FeatureModels.open(torch, clip, context.stores()::local));
  }

  @Override
  public double of(RoundPictures.Drawn drawn) {
    var pictures =
        IntStream.range(0, drawn.pictures().size())
            .mapToObj(
                i -> new PictureSet.Drawn(drawn.planned().get(i).text(), drawn.pictures().get(i)))
            .toList();
    var reading = new LargeModelMetrics(models, new PictureSet(pictures, List.of())).read(METRIC);
    if (reading.orElseThrow() instanceof Reading.Measured measured) {
      return measured.value();
    }
    throw new IllegalStateException(METRIC + " has no number: " + reading.get().explanation());
  }

  @Override
  public String protocol() {
    return "%s: mean cosine of picture and prompt in the space of %s"
        .formatted(METRIC, models.clip().orElseThrow().name());
  }

  @Override
  public void close() {
    models.close();
  }
}
