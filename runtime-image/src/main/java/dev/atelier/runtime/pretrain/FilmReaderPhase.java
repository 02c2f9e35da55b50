package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Trains the reader of films, whose features tell how far films are from drawn ones. */
final class FilmReaderPhase implements Phase {

  static final String NAME = "film-reader";

  private static final String STEM = "film_reader";
  static final Recipe.Steps STEPS =
      new Recipe.Steps(1_500, 48, 2e-3, LearningRate.Schedule.Cosine, 50, 0.01, 0.99, 500);

  /** Batches that it is tried on; training never comes this far. */
  private static final long HELD_OUT = 1_000_000;

  private static final int TRIED = 10;

  private final PretrainContext<VideoRecipe> context;
  private final Recipe.Steps steps;

  FilmReaderPhase(PretrainContext<VideoRecipe> context, Recipe.Steps steps) {
    this.context = context;
    this.steps = steps;
  }

  /** The reader that a run trained. */
  static FilmReader load(Torch torch, Path run, VideoRecipe.World size) {
    return new FilmReader(size, StoredWeights.open(torch, run.resolve(NAME), STEM, Storage.MAPPED));
  }

  @Override
  public void run() throws IOException {
    var torch = context.torch();
    Files.createDirectories(context.folder().root().resolve(NAME));
    var size = context.recipe().world();
    try (var reader = new FilmReader(size, new FreshWeights(torch, context.seed(8)))) {
      var parameters = Trained.all("", reader.modules());
      try (var training = Descent.of(parameters, steps, loss(reader))) {
        context.train(
            NAME, steps, training.over((step, pass) -> step), done -> publish(training.result()));
      }
    }
  }

  private FilmReaderLoss loss(FilmReader reader) {
    return new FilmReaderLoss(
        context.torch(), FilmWorld.of(context.recipe()), steps.batch(), reader);
  }

  private void publish(Map<String, Tensor> averages) {
    var root = context.folder().root();
    new WeightFile(root.resolve(NAME), STEM).write(averages);
    try (Scope scope = Scope.open();
        var reader = load(context.torch(), root, context.recipe().world())) {
      var films = loss(reader);
      int right = 0;
      for (int i = 0; i < TRIED; i++) {
        var drawn = films.films(HELD_OUT + i);
        right += reader.right(films.drawn(drawn), drawn);
      }
      int tried = TRIED * steps.batch();
      context
          .log()
          .say(
              String.format(
                  Locale.ROOT,
                  "%s reads %.1f %% of %d other drawn films right in all answers",
                  NAME,
                  100.0 * right / tried,
                  tried));
    }
  }
}
