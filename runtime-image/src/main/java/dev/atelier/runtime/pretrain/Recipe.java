package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.train.LearningRate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a run makes; written beside the weights.
 *
 * @param seed of the people, the first weights and every choice in training
 * @param clip how captions and pictures learn to find each other
 */
public record Recipe(
    long seed, World world, Text text, Steps clip, Autoencoder autoencoder, Denoiser denoiser)
    implements RunRecipe<Recipe> {

  /** Edge of a latent: the autoencoder has three levels. */
  private static final int COMPRESSION = 4;

  /**
   * The drawn pictures.
   *
   * @param people how many different ones
   * @param scenes pictures of each
   * @param heldOut people from the last on whose pictures are only for measuring
   * @param edge width and height of a picture in pixels
   */
  public record World(int people, int scenes, int heldOut, int edge) {
    int pictures() {
      return people * scenes;
    }

    /** Pictures to train on; they come first. */
    int training() {
      return (people - heldOut) * scenes;
    }
  }

  /**
   * The autoencoder and its training.
   *
   * @param encoderBlocks residual blocks per level, finest first
   * @param decoderBlocks residual blocks per level, coarsest first
   * @param crop edge of the squares that it is trained on
   * @param sharpening of the decoder alone, after the denoiser
   */
  public record Autoencoder(
      int latentChannels,
      int encoderWidth,
      List<Integer> encoderBlocks,
      int decoderWidth,
      List<Integer> decoderBlocks,
      int crop,
      Steps training,
      Steps sharpening) {}

  /** The text encoder: first one of CLIP's two towers, then trained with the denoiser. */
  public record Text(int width, int feedForwardWidth, int layers, int heads, int positions) {}

  /**
   * The denoiser and its training.
   *
   * @param channels width of its levels, finest first; at first only the last has attention
   * @param captionDropout share of captions replaced by the empty one
   * @param refinements what follows the training, in this order
   */
  public record Denoiser(
      List<Integer> channels,
      int heads,
      int normGroups,
      double captionDropout,
      Steps training,
      List<Refinement> refinements) {

    /** A recipe that names no refinements has none. */
    public Denoiser(
        List<Integer> channels,
        int heads,
        int normGroups,
        double captionDropout,
        Steps training,
        @Nullable List<Refinement> refinements) {
      this.channels = List.copyOf(channels);
      this.heads = heads;
      this.normGroups = normGroups;
      this.captionDropout = captionDropout;
      this.training = training;
      this.refinements = refinements == null ? List.of() : List.copyOf(refinements);
    }

    Denoiser withSteps(int steps) {
      return new Denoiser(
          channels, heads, normGroups, captionDropout, training.withSteps(steps), refinements);
    }
  }

  /**
   * Training of the denoiser that goes on from what it is, with weights by signal-to-noise
   * (min-SNR): in the middle of the noise, which they favour, faces are decided.
   *
   * @param name of its phase
   * @param attending levels that have attention, from the coarsest on; those that had none before
   *     begin as if they had none still
   */
  public record Refinement(String name, int attending, Steps training) {}

  /**
   * How something is trained.
   *
   * @param averaging decay of the moving average that is published
   * @param publishEvery steps between checkpoints; each publishes weights and a preview
   */
  public record Steps(
      int steps,
      int batch,
      double learningRate,
      LearningRate.Schedule schedule,
      int warmup,
      double weightDecay,
      double averaging,
      int publishEvery) {

    LearningRate rate() {
      return new LearningRate(learningRate, schedule, warmup, steps);
    }

    Steps withSteps(int other) {
      return new Steps(
          other, batch, learningRate, schedule, warmup, weightDecay, averaging, publishEvery);
    }
  }

  /** What the samples' model is made by. */
  public static Recipe standard() {
    return new Recipe(
        7,
        new World(8_000, 3, 80, 64),
        new Text(128, 384, 3, 4, 32),
        new Steps(9_000, 32, 1e-3, LearningRate.Schedule.Cosine, 200, 0.05, 0.998, 1_000),
        new Autoencoder(
            8,
            32,
            List.of(0, 1, 2),
            48,
            List.of(3, 2, 0),
            32,
            new Steps(5_000, 16, 2e-3, LearningRate.Schedule.Cosine, 100, 0, 0.99, 500),
            new Steps(8_000, 16, 1e-3, LearningRate.Schedule.Cosine, 100, 0, 0.995, 1_000)),
        new Denoiser(
            List.of(64, 128),
            4,
            16,
            0.1,
            new Steps(
                8_500, 16, 1.2e-3, LearningRate.Schedule.WarmupStableDecay, 100, 0.01, 0.999, 500),
            List.of(
                refinement("detail", 1, 6e-4),
                // Attention costs most where latents are largest: last, when the rest is learnt.
                refinement("attention", 2, 8e-4))));
  }

  private static Refinement refinement(String name, int attending, double learningRate) {
    var rate = LearningRate.Schedule.Cosine;
    return new Refinement(
        name, attending, new Steps(3_000, 16, learningRate, rate, 100, 0.01, 0.998, 500));
  }

  /** The same with another number of the denoiser's steps; all before they decay stay the same. */
  public Recipe withDenoiserSteps(int steps) {
    return new Recipe(seed, world, text, clip, autoencoder, denoiser.withSteps(steps));
  }

  @Override
  public Recipe withStepsOf(Recipe other) {
    return withDenoiserSteps(other.denoiser().training().steps());
  }

  /** Another seed: other people and other weights. */
  public Recipe withSeed(long other) {
    return new Recipe(other, world, text, clip, autoencoder, denoiser);
  }

  /** Edge of a picture's latents. */
  int latentEdge() {
    return world.edge() / COMPRESSION;
  }
}
