package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.MovingAverage;
import dev.atelier.runtime.train.Optimizers;
import dev.atelier.runtime.train.Training;
import dev.atelier.runtime.train.TrainingStep;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A training with a moving average of its parameters, which is what gets published. */
final class Averaged implements Training {

  private static final String AVERAGE = "average/";

  private final Training training;
  private final MovingAverage average;

  Averaged(Training training, Map<String, Tensor> parameters, double decay) {
    this.training = training;
    this.average = new MovingAverage(parameters, MovingAverage.Decay.of(decay));
  }

  /** The averages by the parameters' names. */
  SortedMap<String, Tensor> averages() {
    return average.averages();
  }

  @Override
  public TrainingStep.Losses descend(int step) {
    return training.descend(step);
  }

  @Override
  public double update(int step) {
    double norm = training.update(step);
    average.update(step + 1);
    return norm;
  }

  @Override
  public SortedMap<String, Tensor> state() {
    var state = new TreeMap<>(training.state());
    averages().forEach((name, value) -> state.put(AVERAGE + name, value));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    Optimizers.copy(saved, state());
  }

  @Override
  public void close() {
    average.close();
    training.close();
  }
}
