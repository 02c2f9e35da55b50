package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.pretrain.PortraitReader.Seen;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains the reader of garments, colours, places and people that judges base models and what is
 * tuned from them.
 */
final class ReaderPhase implements Phase {

  static final String NAME = "reader";

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

  @Override
  public void run() throws IOException {
    var torch = context.torch();
    var recipe = context.recipe();
    try (var reader =
        new PortraitReader(recipe.world().edge(), new FreshWeights(torch, context.seed(5)))) {
      var parameters = Trained.all("", reader.modules());
      var loss = new PortraitReaderLoss(torch, recipe, steps.batch(), reader, pictures);
      try (var training = Descent.of(parameters, steps, loss)) {
        context.train(
            NAME, steps, training.over((step, pass) -> step), done -> publish(training.result()));
      }
    }
  }

  private void publish(Map<String, Tensor> averages) {
    var folder = new ReaderFolder(context.folder().root().resolve(NAME));
    var world = context.recipe().world();
    folder.write(world.edge(), averages);
    try (Scope scope = Scope.open();
        var reader = folder.load(context.torch())) {
      var heldOut = IntStream.range(world.training(), world.pictures()).toArray();
      var drawn = DrawnWorld.of(context.recipe());
      var wanted = IntStream.of(heldOut).mapToObj(i -> SceneWords.of(drawn.scene(i))).toList();
      var seen = reader.see(pictures.pictures(context.torch(), heldOut));
      var read = seen.stream().map(each -> each.reading().scene()).toList();
      var people = seen.stream().map(Seen::person).toList();
      context
          .log()
          .say("%s, on held-out drawings: %s".formatted(NAME, ReadingCounts.of(wanted, read)));
      context.log().say("%s: %s".formatted(NAME, new PersonExam(world, people)));
    }
  }
}
