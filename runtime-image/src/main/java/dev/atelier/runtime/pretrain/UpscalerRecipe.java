package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.pretrain.Recipe.Steps;
import dev.atelier.runtime.train.LearningRate.Schedule;

/**
 * Everything that decides what a run of a super-resolution network makes; written beside the
 * weights.
 *
 * @param seed of the pictures, the first weights and every choice in training
 * @param channels features per position
 * @param blocks residual-in-residual dense blocks
 * @param growth features that each convolution of a dense block adds
 * @param crop edge of the small squares that it is trained on, in pixels
 */
public record UpscalerRecipe(
    long seed, int channels, int blocks, int growth, int crop, Steps training)
    implements RunRecipe<UpscalerRecipe> {

  /** How many times larger pictures become. */
  static final int SCALE = 4;

  /** What the samples' network is made by. */
  public static UpscalerRecipe standard() {
    return new UpscalerRecipe(
        13, 16, 1, 16, 16, new Steps(1_000, 16, 2e-3, Schedule.Cosine, 50, 0, 0.99, 200));
  }

  /** Another number of steps. */
  public UpscalerRecipe withSteps(int steps) {
    return new UpscalerRecipe(seed, channels, blocks, growth, crop, training.withSteps(steps));
  }

  /** Another seed: other pictures and other weights. */
  public UpscalerRecipe withSeed(long other) {
    return new UpscalerRecipe(other, channels, blocks, growth, crop, training);
  }

  @Override
  public UpscalerRecipe withStepsOf(UpscalerRecipe other) {
    return withSteps(other.training().steps());
  }
}
