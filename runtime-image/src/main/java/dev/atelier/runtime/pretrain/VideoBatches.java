package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import dev.atelier.runtime.train.FlowObjective;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.Random;

/**
 * Batches of the drawn films, and of pictures alone. All captions of a batch say what they say in
 * the same way, so that they have the same number of tokens and none needs padding. Places on the
 * flow are spread evenly over a batch from a random start (Kingma et al. 2021, appendix I.1).
 */
final class VideoBatches {

  private static final long CHOICES = 21;
  private static final long NOISE = 22;

  private final Torch torch;
  private final VideoRecipe recipe;
  private final FilmWorld world;
  private final T5Tokenizer tokenizer;
  private final Tensor films;
  private final Tensor pictures;
  private final FlowObjective objective;

  /**
   * @param films normalised latents {@code [films, channels, frames, height, width]}
   * @param pictures the same of one frame
   */
  VideoBatches(
      Torch torch,
      VideoRecipe recipe,
      T5Tokenizer tokenizer,
      Tensor films,
      Tensor pictures,
      FlowObjective objective) {
    this.torch = torch;
    this.recipe = recipe;
    this.world = FilmWorld.of(recipe);
    this.tokenizer = tokenizer;
    this.films = films;
    this.pictures = pictures;
    this.objective = objective;
  }

  /**
   * What a step sees.
   *
   * @param ids of the captions, {@code [clips, tokens]}
   * @param captioned 1 for a clip whose caption is read, 0 for one with the empty caption, {@code
   *     [clips, 1, 1]}
   */
  record Drawn(Tensor latents, Tensor noise, float[] sigmas, Tensor ids, Tensor captioned) {}

  Drawn batch(int step) {
    var denoiser = recipe.denoiser();
    boolean picture =
        step < denoiser.picturesFirst()
            || step % denoiser.pictureEvery() == denoiser.pictureEvery() - 1;
    int size = picture ? denoiser.pictureBatch() : denoiser.training().batch();
    var random = new Random(of(CHOICES, step));
    var numbers = new long[size];
    var sigmas = new float[size];
    var captioned = new float[size];
    int way = random.nextInt(FilmCaptions.ways(picture));
    double start = random.nextDouble();
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextInt(picture ? recipe.world().pictures() : recipe.world().films());
      sigmas[i] = (float) objective.shifted((start + (double) i / size) % 1);
      captioned[i] = random.nextDouble() < denoiser.captionDropout() ? 0 : 1;
    }
    Tensor latents = (picture ? pictures : films).select(0, torch.tensor(numbers, size));
    try (var generator = torch.generator(of(NOISE, step))) {
      return new Drawn(
          latents,
          generator.randn(latents.shape()),
          sigmas,
          ids(numbers, picture, way),
          torch.tensor(captioned, size, 1, 1));
    }
  }

  private Tensor ids(long[] numbers, boolean picture, int way) {
    long[] ids = {};
    for (int i = 0; i < numbers.length; i++) {
      var caption = FilmCaptions.of(world.film(numbers[i]), picture, way);
      long[] own = tokenizer.tokens(caption);
      ids = i == 0 ? new long[numbers.length * own.length] : ids;
      System.arraycopy(own, 0, ids, i * own.length, own.length);
    }
    return torch.tensor(ids, numbers.length, ids.length / numbers.length);
  }

  private long of(long stream, long step) {
    return SubjectBatches.mix(SubjectBatches.mix(recipe.seed(), stream), step);
  }
}
