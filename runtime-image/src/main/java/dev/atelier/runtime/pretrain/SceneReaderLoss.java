package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.Random;
import java.util.stream.IntStream;

/** Cross-entropy of the reader against what the renderer drew. */
final class SceneReaderLoss implements Descent.StepLoss {

  private final Torch torch;
  private final Recipe recipe;
  private final int batch;
  private final SceneReader reader;
  private final SoftPictures pictures;
  private final DrawnWorld world;

  SceneReaderLoss(Torch torch, Recipe recipe, int batch, SceneReader reader, PictureFile pictures) {
    this.torch = torch;
    this.recipe = recipe;
    this.batch = batch;
    this.reader = reader;
    this.pictures = new SoftPictures(torch, pictures);
    this.world = DrawnWorld.of(recipe);
  }

  @Override
  public Tensor at(int step) {
    long seed = SubjectBatches.mix(recipe.seed() + 5, step);
    var numbers = new Random(seed).ints(batch, 0, recipe.world().training()).toArray();
    var scores = reader.scores(pictures.at(step, seed, numbers));
    int colours = SceneReader.GARMENTS;
    int places = colours + SceneReader.COLOURS;
    return surprise(scores, 0, SceneReader.GARMENTS, numbers, Part.GARMENT)
        .add(surprise(scores, colours, SceneReader.COLOURS, numbers, Part.COLOUR))
        .add(surprise(scores, places, SceneReader.PLACES, numbers, Part.PLACE));
  }

  private enum Part {
    GARMENT,
    COLOUR,
    PLACE
  }

  private Tensor surprise(Tensor scores, int from, int count, int[] numbers, Part part) {
    var right = IntStream.of(numbers).map(number -> answer(number, part)).toArray();
    return CrossEntropy.of(scores, from, count, right);
  }

  private int answer(int picture, Part part) {
    var scene = world.scene(picture);
    return switch (part) {
      case GARMENT -> scene.garment().ordinal();
      case COLOUR -> scene.colour().ordinal();
      case PLACE -> scene.place().ordinal();
    };
  }
}
