package dev.atelier.runtime.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A part of the denoiser's training.
 *
 * @param name of its phase
 * @param attending levels that have attention, from the coarsest on
 * @param minSnr gamma of the weights by signal-to-noise
 * @param stepsBefore steps of the stages before
 */
record DenoiserStage(
    String name, int attending, OptionalDouble minSnr, Recipe.Steps training, int stepsBefore) {

  private static final double GAMMA = 5;

  /**
   * The stages of a recipe. The first has no weights by signal-to-noise: they would all but hide
   * the noisiest steps, which are those that decide by the caption what is drawn.
   */
  static List<DenoiserStage> of(Recipe.Denoiser denoiser) {
    var stages = new ArrayList<DenoiserStage>();
    stages.add(new DenoiserStage("denoiser", 1, OptionalDouble.empty(), denoiser.training(), 0));
    for (var refinement : denoiser.refinements()) {
      stages.add(
          new DenoiserStage(
              refinement.name(),
              refinement.attending(),
              OptionalDouble.of(GAMMA),
              refinement.training(),
              stages.get(stages.size() - 1).done()));
    }
    return List.copyOf(stages);
  }

  /** Whether it begins with fresh weights. */
  boolean first() {
    return stepsBefore == 0;
  }

  /** Steps that the denoiser has taken when the stage is over. */
  int done() {
    return stepsBefore + training.steps();
  }
}
