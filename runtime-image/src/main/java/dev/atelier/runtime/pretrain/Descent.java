package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.Optimizers;
import dev.atelier.runtime.train.ParameterGroup;
import dev.atelier.runtime.train.Training;
import dev.atelier.runtime.train.TrainingStep.Losses;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Gradient steps down any loss that depends on the step's number alone. */
final class Descent implements Training {

  private static final double CLIP = 1;

  /** A loss without dimensions. */
  @FunctionalInterface
  interface StepLoss {

    /** The loss of a step, counted from 0; called while operations are recorded. */
    Tensor at(int step);
  }

  private final StepLoss loss;
  private final Optimizers optimizers;

  Descent(SortedMap<String, Tensor> parameters, Recipe.Steps steps, StepLoss loss) {
    this.loss = loss;
    optimizers =
        new Optimizers(
            List.of(new ParameterGroup(parameters, steps.rate())),
            new AdamW.Settings(0.9, 0.99, 1e-8, steps.weightDecay()),
            CLIP);
  }

  @Override
  public Losses descend(int step) {
    optimizers.zeroGradients();
    try (Scope scope = Scope.open();
        var mode = Autograd.recording()) {
      var value = loss.at(step);
      Autograd.backward(value);
      return new Losses(value.item(), value.item(), 0);
    }
  }

  @Override
  public double update(int step) {
    try (Scope scope = Scope.open()) {
      return optimizers.step(step);
    }
  }

  @Override
  public SortedMap<String, Tensor> state() {
    return optimizers.state();
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    optimizers.restore(saved);
  }

  @Override
  public void close() {
    optimizers.close();
  }
}
