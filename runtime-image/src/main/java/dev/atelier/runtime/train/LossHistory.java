package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The loss over the steps as a part of training's state: the curve of a training that was stopped
 * and went on is that of one that was not. Long trainings are kept as means over equal stretches.
 */
public final class LossHistory implements Training {

  private static final String LOSSES = "losses";
  private static final int MOST_POINTS = 1_000;

  private final Training training;
  private final int stretch;

  /** Sum and number of the losses of each stretch, one after the other. */
  private final float[] sums;

  private final Tensor state;

  /**
   * @param training whose losses are kept
   * @param steps of the whole training
   */
  public LossHistory(Torch torch, Training training, int steps) {
    this.training = training;
    stretch = Math.max(1, (steps + MOST_POINTS - 1) / MOST_POINTS);
    int points = (steps + stretch - 1) / stretch;
    sums = new float[2 * points];
    try (Scope scope = Scope.open()) {
      state = Scope.release(torch.zeros(points, 2));
    }
  }

  /**
   * The mean loss of a stretch.
   *
   * @param step the last one of it
   */
  public record Point(int step, double loss) {}

  /** The curve so far; the steps of a stretch that is not over are counted. */
  public List<Point> points() {
    var points = new ArrayList<Point>();
    for (int i = 0; i < sums.length / 2; i++) {
      float count = sums[2 * i + 1];
      if (count > 0) {
        points.add(new Point(i * stretch + (int) count, sums[2 * i] / count));
      }
    }
    return points;
  }

  @Override
  public TrainingStep.Losses descend(int step) {
    var losses = training.descend(step);
    sums[2 * (step / stretch)] += (float) losses.total();
    sums[2 * (step / stretch) + 1]++;
    return losses;
  }

  @Override
  public double update(int step) {
    return training.update(step);
  }

  @Override
  public SortedMap<String, Tensor> state() {
    try (Scope scope = Scope.open()) {
      state.copyInPlace(state.torch().tensor(sums, state.shape()));
    }
    var all = new TreeMap<>(training.state());
    all.put(LOSSES, state);
    return all;
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    var others = new TreeMap<>(saved);
    var losses = others.remove(LOSSES);
    if (losses == null || losses.count() != sums.length) {
      throw new IllegalArgumentException(
          "the checkpoint's losses are not those of a training of as many steps");
    }
    training.restore(others);
    System.arraycopy(losses.toFloats(), 0, sums, 0, sums.length);
  }

  @Override
  public void close() {
    state.close();
    training.close();
  }
}
