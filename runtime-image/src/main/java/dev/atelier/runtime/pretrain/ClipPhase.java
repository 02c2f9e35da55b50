package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

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
      var loss = new ContrastiveLoss(torch, recipe, steps.batch(), clip, tokenizer(), pictures);
      try (var training = Descent.of(parameters, steps, loss)) {
        context.train(
            NAME, steps, training.over((step, pass) -> step), done -> publish(training.result()));
      }
    }
  }

  private ClipTokenizer tokenizer() {
    return ClipTokenizer.read(folder);
  }

  private void publish(Map<String, Tensor> averages) {
    try {
      SafeTensorsWriter.write(
          folder.resolve(ClipTextModel.STEM + ".safetensors"), averages, Map.of("format", "pt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double right = garmentsTold();
    context.note(NAME, Map.of("garmentsTold", right));
    context
        .log()
        .say(
            String.format(
                Locale.ROOT,
                "%s: tells the garment of held-out drawings in %.1f %%",
                NAME,
                100 * right));
  }

  /** Share of held-out pictures whose prompt fits better than with any other garment. */
  private double garmentsTold() {
    var world = context.recipe().world();
    var drawn = DrawnWorld.of(context.recipe());
    var numbers = IntStream.range(world.training(), world.pictures()).toArray();
    var tokenizer = tokenizer();
    int right = 0;
    try (Scope scope = Scope.open();
        var clip = ClipModel.load(context.torch(), folder, Storage.MAPPED)) {
      for (int number : numbers) {
        var scene = drawn.scene(number);
        right += told(clip, tokenizer, number, scene) == scene.garment() ? 1 : 0;
      }
    }
    return (double) right / numbers.length;
  }

  private Garment told(ClipModel clip, ClipTokenizer tokenizer, int number, Scene scene) {
    try (Scope scope = Scope.open()) {
      var ids = ContrastiveLoss.ids(context.torch(), tokenizer, prompts(scene));
      var fit = clip.logits(pictures.pictures(context.torch(), number), ids).toFloats();
      int best = 0;
      for (int i = 1; i < fit.length; i++) {
        best = fit[i] > fit[best] ? i : best;
      }
      return Garment.values()[best];
    }
  }

  /** The scene's prompt with each garment. */
  private static List<String> prompts(Scene scene) {
    return Arrays.stream(Garment.values())
        .map(
            garment ->
                CaptionWriter.prompt("person", Scene.of(0, garment, scene.colour(), scene.place())))
        .toList();
  }
}
