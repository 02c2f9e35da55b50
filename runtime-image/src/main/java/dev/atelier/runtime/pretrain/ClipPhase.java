package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trains the CLIP of the drawn world, which tells how well a picture fits its prompt. Its tower of
 * captions is what the base model's text encoder begins as.
 */
final class ClipPhase implements Phase {

  static final String NAME = "clip";

  private final PretrainContext<Recipe> context;
  private final PictureFile pictures;
  private final Path folder;

  ClipPhase(PretrainContext<Recipe> context, PictureFile pictures) {
    this.context = context;
    this.pictures = pictures;
    this.folder = context.folder().clip();
  }

  @Override
  public void run() throws IOException {
    var torch = context.torch();
    var recipe = context.recipe();
    var steps = recipe.clip();
    new ClipLayout(recipe, folder).write(context.folder().model());
    var config = ModelConfig.read(folder.resolve("config.json"));
    try (var clip = new ClipModel(config, new FreshWeights(torch, context.seed(6)))) {
      var parameters = Trained.all("", clip.parameters());
      var loss =
          new ContrastiveLoss(
              torch, recipe, steps.batch(), clip, ClipTokenizer.read(folder), pictures);
      try (var training = Descent.of(parameters, steps, loss)) {
        context.train(
            NAME, steps, training.over((step, pass) -> step), done -> publish(training.result()));
      }
    }
  }

  private void publish(Map<String, Tensor> averages) {
    new WeightFile(folder, ClipTextModel.STEM).write(averages);
    var torch = context.torch();
    var exam = new ClipExam(torch, context.recipe(), number -> pictures.pictures(torch, number));
    var told = exam.told(folder);
    context.note(
        NAME,
        Map.of(
            "garmentsTold", (double) told.garments() / told.pictures(),
            "coloursTold", (double) told.colours() / told.pictures(),
            "placesTold", (double) told.places() / told.pictures()));
    context.log().say("%s, on held-out drawings: %s".formatted(NAME, told));
  }
}
