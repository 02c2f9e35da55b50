package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.ArrayList;
import java.util.Random;

/** How well a decoder restores parts of films from their latents. */
final class VideoAutoencoderLoss implements Descent.StepLoss {

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
    Tensor latents;
    try (var mode = Autograd.paused()) {
      latents = autoencoder.encode(films).mode();
    }
    var noise =
        Restoration.noise(
            torch,
            SubjectBatches.mix(recipe.seed(), step),
            recipe.autoencoder().noise(),
            latents.shape());
    var restored = autoencoder.decode(latents.add(noise));
    return Restoration.error(restored, films);
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
