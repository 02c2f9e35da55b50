package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.ArrayList;
import java.util.Random;

/** How well an autoencoder restores parts of films, as {@link AutoencoderLoss} asks of pictures. */
final class VideoAutoencoderLoss implements Descent.StepLoss {

  private static final double MOST_NOISE = 0.1;

  private final Torch torch;
  private final VideoRecipe recipe;
  private final FilmWorld world;
  private final AutoencoderKLWan autoencoder;

  VideoAutoencoderLoss(Torch torch, VideoRecipe recipe, AutoencoderKLWan autoencoder) {
    this.torch = torch;
    this.recipe = recipe;
    this.world = FilmWorld.of(recipe);
    this.autoencoder = autoencoder;
  }

  @Override
  public Tensor at(int step) {
    var films = films(new Random(SubjectBatches.mix(recipe.seed() + 1, step)));
    var latents = autoencoder.encode(films).mode();
    var noise =
        Restoration.noise(
            torch, SubjectBatches.mix(recipe.seed(), step), MOST_NOISE, latents.shape());
    var restored = autoencoder.decode(latents.add(noise));
    return Restoration.loss(restored, films, latents);
  }

  private Tensor films(Random random) {
    int frames = recipe.autoencoder().frames();
    var films = new ArrayList<Tensor>();
    for (int i = 0; i < recipe.autoencoder().training().batch(); i++) {
      double from = random.nextDouble() * (recipe.world().frames() - frames);
      films.add(world.part(torch, world.film(random.nextLong()), from, frames));
    }
    return Ops.concat(0, films);
  }
}
