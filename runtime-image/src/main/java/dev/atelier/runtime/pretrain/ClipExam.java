package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.portrait.CaptionWriter;
import dev.atelier.runtime.portrait.Garment;
import dev.atelier.runtime.portrait.GarmentColour;
import dev.atelier.runtime.portrait.Place;
import dev.atelier.runtime.portrait.Scene;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How often a picture of a held-out person fits its prompt better than with another word in it.
 *
 * @param pictures the world's pictures by number, {@code [1, 3, edge, edge]} in [-1, 1]
 */
record ClipExam(Torch torch, Recipe recipe, IntFunction<Tensor> pictures) {

  /**
   * What a CLIP is right in.
   *
   * @param folder a transformers {@code CLIPModel}
   */
  ReadingCounts told(Path folder) {
    var world = DrawnWorld.of(recipe);
    var size = recipe.world();
    var wanted = new ArrayList<SceneWords>();
    var told = new ArrayList<SceneWords>();
    try (var clip = ClipModel.load(torch, folder, Storage.MAPPED)) {
      var tokenizer = ClipTokenizer.read(folder);
      for (int number : IntStream.range(size.training(), size.pictures()).toArray()) {
        try (Scope scope = Scope.open()) {
          var fit = new Fit(clip, tokenizer, pictures.apply(number));
          wanted.add(SceneWords.of(world.scene(number)));
          told.add(fit.read(world.scene(number)));
        }
      }
    }
    return ReadingCounts.of(wanted, told);
  }

  /** A picture and the prompts that may be its own. */
  private final class Fit {
    private final ClipModel clip;
    private final ClipTokenizer tokenizer;
    private final Tensor picture;

    Fit(ClipModel clip, ClipTokenizer tokenizer, Tensor picture) {
      this.clip = clip;
      this.tokenizer = tokenizer;
      this.picture = picture;
    }

    SceneWords read(Scene scene) {
      var garment = scene.garment();
      var colour = scene.colour();
      var place = scene.place();
      return new SceneWords(
          best(Garment.values(), other -> with(other, colour, place)),
          best(GarmentColour.values(), other -> with(garment, other, place)),
          best(Place.values(), other -> with(garment, colour, other)));
    }

    private <T> T best(T[] choices, Function<T, String> prompt) {
      var prompts = Arrays.stream(choices).map(prompt).toList();
      var fit = clip.logits(picture, ContrastiveLoss.ids(torch, tokenizer, prompts)).toFloats();
      return choices[Highest.of(fit, 0, fit.length)];
    }

    private static String with(Garment garment, GarmentColour colour, Place place) {
      return CaptionWriter.prompt("person", Scene.of(0, garment, colour, place));
    }
  }
}
