package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.ParameterGroup;
import dev.atelier.runtime.train.TrainingStep;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** How a run takes its gradient steps, whatever the loss; a moving average is what it publishes. */
final class Descent {

  private static final double CLIP = 1;

  /** A loss without dimensions that depends on the step's number alone. */
  @FunctionalInterface
  interface StepLoss {

    /** The loss of a step, counted from 0; called while operations are recorded. */
    Tensor at(int step);
  }

  private Descent() {}

  /** Steps down a loss; a batch is no more than the step's number. */
  static TrainingStep<Integer> of(
      SortedMap<String, Tensor> parameters, Recipe.Steps steps, StepLoss loss) {
    return new TrainingStep<>(
        number -> {
          var value = loss.at(number);
          return new Objective.Loss(value, value, value.torch().scalar(0));
        },
        List.of(new ParameterGroup(parameters, steps.rate())),
        settings(steps));
  }

  static TrainingStep.Settings settings(Recipe.Steps steps) {
    return new TrainingStep.Settings(
        1,
        new AdamW.Settings(0.9, 0.99, 1e-8, steps.weightDecay()),
        CLIP,
        OptionalDouble.of(steps.averaging()));
  }
}
