package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.Random;

/**
 * How well an autoencoder restores random squares of the pictures: the absolute error of pixels
 * and, for sharp edges, of the differences between neighbours. Latents get a little noise, so that
 * the decoder forgives what a sampler leaves, and are held near mean 0 and deviation 1.
 */
final class AutoencoderLoss implements Descent.StepLoss {

  private static final double EDGES = 0.5;
  private static final double LATENTS = 1e-3;
  private static final double MOST_NOISE = 0.05;

  private final Torch torch;
  private final Recipe recipe;
  private final Autoencoder autoencoder;
  private final PictureFile pictures;

  AutoencoderLoss(Torch torch, Recipe recipe, Autoencoder autoencoder, PictureFile pictures) {
    this.torch = torch;
    this.recipe = recipe;
    this.autoencoder = autoencoder;
    this.pictures = pictures;
  }

  @Override
  public Tensor at(int step) {
    var squares = squares(new Random(SubjectBatches.mix(recipe.seed() + 1, step)));
    var latents = autoencoder.encode(squares).mode();
    var restored = autoencoder.decode(latents.add(noise(step, latents.shape())));
    return error(restored, squares).combine(1, spread(latents), LATENTS);
  }

  private Tensor squares(Random random) {
    var numbers =
        random
            .ints(recipe.autoencoder().training().batch(), 0, recipe.world().training())
            .toArray();
    int crop = recipe.autoencoder().crop();
    int room = recipe.world().edge() - crop + 1;
    return pictures.crops(torch, crop, random.nextInt(room), random.nextInt(room), numbers);
  }

  /** Of another strength for each picture. */
  private Tensor noise(int step, long... shape) {
    try (var generator = torch.generator(SubjectBatches.mix(recipe.seed(), step))) {
      var strength = generator.rand(shape[0], 1, 1, 1).mul(MOST_NOISE);
      return generator.randn(shape).mul(strength);
    }
  }

  private static Tensor error(Tensor restored, Tensor original) {
    var difference = restored.sub(original);
    var edges = change(difference, 2).add(change(difference, 3));
    return difference.abs().mean().combine(1, edges, EDGES);
  }

  /** Mean absolute difference of neighbours along a dimension. */
  private static Tensor change(Tensor x, int dimension) {
    long last = x.size(dimension) - 1;
    return x.narrow(dimension, 1, last).sub(x.narrow(dimension, 0, last)).abs().mean();
  }

  /** How far each channel is from mean 0 and deviation 1. */
  private static Tensor spread(Tensor latents) {
    var deviation = latents.std(0, 2, 3).add(-1).square().mean();
    return latents.mean(0, 2, 3).square().mean().add(deviation);
  }
}
