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
    var noise =
        Restoration.noise(
            torch, SubjectBatches.mix(recipe.seed(), step), MOST_NOISE, latents.shape());
    var restored = autoencoder.decode(latents.add(noise));
    return Restoration.error(restored, squares).combine(1, spread(latents), LATENTS);
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

  /** How far each channel is from mean 0 and deviation 1. */
  private static Tensor spread(Tensor latents) {
    var deviation = latents.std(0, 2, 3).add(-1).square().mean();
    return latents.mean(0, 2, 3).square().mean().add(deviation);
  }
}
