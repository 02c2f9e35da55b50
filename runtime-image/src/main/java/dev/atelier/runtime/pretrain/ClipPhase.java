package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.pretrain.SceneReader.Reading;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
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
    new WeightFile(folder, ClipTextModel.STEM).write(averages);
    var told = told();
    context.note(
        NAME,
        Map.of(
            "garmentsTold", (double) told.garments() / told.pictures(),
            "coloursTold", (double) told.colours() / told.pictures(),
            "placesTold", (double) told.places() / told.pictures()));
    context.log().say("%s, on held-out drawings: %s".formatted(NAME, told));
  }

  /** How often a held-out picture's prompt fits it better than with another word in it. */
  private ReadingCounts told() {
    var world = context.recipe().world();
    var drawn = DrawnWorld.of(context.recipe());
    var numbers = IntStream.range(world.training(), world.pictures()).boxed().toList();
    var scenes = numbers.stream().map(drawn::scene).toList();
    var tokenizer = tokenizer();
    var told = new ArrayList<Reading>();
    try (Scope scope = Scope.open();
        var clip = ClipModel.load(context.torch(), folder, Storage.MAPPED)) {
      for (int i = 0; i < scenes.size(); i++) {
        var fit = new Fit(clip, tokenizer, numbers.get(i));
        var scene = scenes.get(i);
        told.add(
            new Reading(
                fit.best(Garment.values(), other -> with(other, scene.colour(), scene.place())),
                fit.best(
                    GarmentColour.values(), other -> with(scene.garment(), other, scene.place())),
                fit.best(Place.values(), other -> with(scene.garment(), scene.colour(), other))));
      }
    }
    return ReadingCounts.of(scenes.stream().map(Reading::of).toList(), told);
  }

  private static String with(Garment garment, GarmentColour colour, Place place) {
    return CaptionWriter.prompt("person", Scene.of(0, garment, colour, place));
  }

  /** A picture and the prompts that may be its own. */
  private final class Fit {
    private final ClipModel clip;
    private final ClipTokenizer tokenizer;
    private final int picture;

    Fit(ClipModel clip, ClipTokenizer tokenizer, int picture) {
      this.clip = clip;
      this.tokenizer = tokenizer;
      this.picture = picture;
    }

    <T> T best(T[] choices, Function<T, String> prompt) {
      try (Scope scope = Scope.open()) {
        var torch = context.torch();
        var prompts = Arrays.stream(choices).map(prompt).toList();
        var ids = ContrastiveLoss.ids(torch, tokenizer, prompts);
        var fit = clip.logits(pictures.pictures(torch, picture), ids).toFloats();
        int best = 0;
        for (int i = 1; i < fit.length; i++) {
          best = fit[i] > fit[best] ? i : best;
        }
        return choices[best];
      }
    }
  }
}
