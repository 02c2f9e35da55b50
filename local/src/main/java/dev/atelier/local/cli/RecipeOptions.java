package dev.atelier.local.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What may be chosen of a recipe of pretraining. */
final class RecipeOptions {

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the denoiser. Default: those of the recipe.")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Other drawings and other weights. Default: the recipe's.")
  private Optional<Long> seed = Optional.empty();

  int stepsOr(int own) {
    return steps.orElse(own);
  }

  long seedOr(long own) {
    return seed.orElse(own);
  }
}
