package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.pretrain.Recipe.Steps;
import dev.atelier.runtime.train.LearningRate.Schedule;

/**
 * Everything that decides what a run of a video model makes; written beside the weights.
 *
 * @param seed of the films, the first weights and every choice in training
 */
public record VideoRecipe(
    long seed, World world, Autoencoder autoencoder, Text text, Denoiser denoiser)
    implements RunRecipe<VideoRecipe> {

  /**
   * The drawn films.
   *
   * @param films how many, each of a subject that is not held out
   * @param pictures how many films give one picture, from any moment
   * @param frames of a film, one more than a multiple of four
   * @param edge width and height in pixels
   */
  public record World(int films, int pictures, int frames, int edge) {}

  /**
   * The autoencoder and its training.
   *
   * @param width of encoder and decoder
   * @param blocks residual blocks of the decoder, but one
   * @param patch edge of the squares of pixels that become a latent
   * @param frames of the parts of films that it is trained on
   * @param noise most that latents get while the decoder is trained
   */
  public record Autoencoder(
      int latentChannels,
      int width,
      int blocks,
      int patch,
      int frames,
      double noise,
      Steps training) {}

  /**
   * The text encoder, trained with the denoiser.
   *
   * @param words tokens that the denoiser sees
   */
  public record Text(
      int width, int feedForwardWidth, int layers, int heads, int headWidth, int words) {}

  /**
   * The denoiser and its training.
   *
   * @param patch edge of the squares of latents that become a token
   * @param shift moves the places that are trained at towards noise, where motion is decided
   * @param captionDropout share of captions replaced by the empty one
   * @param picturesFirst steps that see pictures only
   * @param pictureEvery one of so many steps sees pictures afterwards
   * @param pictureBatch pictures in a step
   */
  public record Denoiser(
      int patch,
      int heads,
      int headWidth,
      int feedForwardWidth,
      int layers,
      double shift,
      double captionDropout,
      int picturesFirst,
      int pictureEvery,
      int pictureBatch,
      Steps training) {

    int width() {
      return heads * headWidth;
    }
  }

  /** What the samples' model is made by. */
  public static VideoRecipe standard() {
    return new VideoRecipe(
        11,
        new World(6_000, 4_000, 9, 32),
        new Autoencoder(
            16, 48, 1, 8, 3, 0.05, new Steps(3_000, 16, 1e-3, Schedule.Cosine, 50, 0, 0.995, 500)),
        new Text(64, 128, 1, 4, 16, 16),
        new Denoiser(
            2,
            6,
            32,
            768,
            6,
            5,
            0.1,
            1_000,
            6,
            64,
            new Steps(9_000, 32, 1.5e-3, Schedule.WarmupStableDecay, 100, 0.01, 0.998, 1_000)));
  }

  /** The same with another number of the denoiser's steps; all before they decay stay the same. */
  public VideoRecipe withSteps(int steps) {
    var d = denoiser;
    return new VideoRecipe(
        seed,
        world,
        autoencoder,
        text,
        new Denoiser(
            d.patch(),
            d.heads(),
            d.headWidth(),
            d.feedForwardWidth(),
            d.layers(),
            d.shift(),
            d.captionDropout(),
            d.picturesFirst(),
            d.pictureEvery(),
            d.pictureBatch(),
            d.training().withSteps(steps)));
  }

  /** Another seed: other films and other weights. */
  public VideoRecipe withSeed(long other) {
    return new VideoRecipe(other, world, autoencoder, text, denoiser);
  }

  @Override
  public VideoRecipe withStepsOf(VideoRecipe other) {
    return withSteps(other.denoiser().training().steps());
  }
}
