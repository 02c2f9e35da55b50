package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.pretrain.SceneReader.Reading;
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
import java.util.Map;
import java.util.stream.IntStream;

/** Trains the reader of garments, colours and places that judges base models. */
final class ReaderPhase implements Phase {

  static final String NAME = "reader";

  private static final String STEM = "scene_reader";
  static final Recipe.Steps STEPS =
      new Recipe.Steps(1_500, 48, 2e-3, LearningRate.Schedule.Cosine, 50, 0.01, 0.99, 500);

  private final PretrainContext<Recipe> context;
  private final PictureFile pictures;
  private final Recipe.Steps steps;

  ReaderPhase(PretrainContext<Recipe> context, PictureFile pictures, Recipe.Steps steps) {
    this.context = context;
    this.pictures = pictures;
    this.steps = steps;
  }

  /** The reader that a run trained. */
  static SceneReader load(Torch torch, Path run, int edge) {
    return new SceneReader(
        edge, StoredWeights.open(torch, run.resolve(NAME), STEM, Storage.MAPPED));
  }

  @Override
  public void run() throws IOException {
    var torch = context.torch();
    var recipe = context.recipe();
    Files.createDirectories(context.folder().root().resolve(NAME));
    try (var reader =
        new SceneReader(recipe.world().edge(), new FreshWeights(torch, context.seed(5)))) {
      var parameters = Trained.all("", reader.modules());
      var loss = new SceneReaderLoss(torch, recipe, steps.batch(), reader, pictures);
      try (var training = Descent.of(parameters, steps, loss)) {
        context.train(
            NAME, steps, training.over((step, pass) -> step), done -> publish(training.result()));
      }
    }
  }

  private void publish(Map<String, Tensor> averages) {
    var root = context.folder().root();
    new WeightFile(root.resolve(NAME), STEM).write(averages);
    var world = context.recipe().world();
    try (Scope scope = Scope.open();
        var reader = load(context.torch(), root, world.edge())) {
      var heldOut = IntStream.range(world.training(), world.pictures()).toArray();
      var drawn = DrawnWorld.of(context.recipe());
      var wanted = IntStream.of(heldOut).mapToObj(i -> Reading.of(drawn.scene(i))).toList();
      var read = reader.read(pictures.pictures(context.torch(), heldOut));
      context
          .log()
          .say("%s, on held-out drawings: %s".formatted(NAME, ReadingCounts.of(wanted, read)));
    }
  }
}
