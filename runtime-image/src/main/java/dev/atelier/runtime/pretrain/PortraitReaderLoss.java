package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.pretrain.PortraitReader.Question;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Cross-entropy of the reader's answers and the squared error of its measures against what the
 * renderer drew.
 */
final class PortraitReaderLoss implements Descent.StepLoss {

  private final Torch torch;
  private final Recipe recipe;
  private final int batch;
  private final PortraitReader reader;
  private final SoftPictures pictures;
  private final DrawnWorld world;

  PortraitReaderLoss(
      Torch torch, Recipe recipe, int batch, PortraitReader reader, PictureFile pictures) {
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
    var drawn = IntStream.of(numbers).mapToObj(world::portrait).toList();
    var heads = reader.heads(pictures.at(step, seed, numbers));
    var loss = heads.measures().sub(measures(drawn)).square().sum().mul(1.0 / batch);
    int from = 0;
    for (var question : Question.values()) {
      var right = drawn.stream().mapToInt(question::right).toArray();
      loss = loss.add(CrossEntropy.of(heads.scores(), from, question.answers(), right));
      from += question.answers();
    }
    return loss;
  }

  private Tensor measures(List<Portrait> drawn) {
    var measures = PersonMeasure.values();
    var values = new float[drawn.size() * measures.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = measures[i % measures.length].of(drawn.get(i / measures.length).person());
    }
    return torch.tensor(values, drawn.size(), measures.length);
  }
}
