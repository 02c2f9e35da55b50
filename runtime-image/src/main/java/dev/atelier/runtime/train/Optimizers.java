package dev.atelier.runtime.train;

import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.Gradients;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One AdamW per parameter group; gradients of all groups are clipped together. */
final class Optimizers implements AutoCloseable {

  private final List<ParameterGroup> groups;
  private final List<AdamW> optimizers = new ArrayList<>();
  private final double clip;
  private final Ranks ranks;

  /**
   * Optimizers without a step taken.
   *
   * @param clip highest norm of all gradients together; infinite for none
   * @param ranks over which gradients are added up
   */
  Optimizers(List<ParameterGroup> groups, AdamW.Settings settings, double clip, Ranks ranks) {
    this.groups = groups;
    this.clip = clip;
    this.ranks = ranks;
    groups.forEach(
        group -> optimizers.add(new AdamW(List.copyOf(group.parameters().values()), settings)));
  }

  /** Forgets the gradients of the last step. */
  void zeroGradients() {
    groups.forEach(group -> group.parameters().values().forEach(Autograd::zeroGradient));
  }

  /**
   * One step of every group; gives the norm of the gradients before clipping. Where that is not
   * finite nothing changes.
   */
  double step(int step) {
    return step(step, 1);
  }

  /**
   * As above.
   *
   * @param scale what the gradients were multiplied by
   */
  double step(int step, double scale) {
    var gradients = new ArrayList<List<Tensor>>();
    groups.forEach(
        group ->
            gradients.add(group.parameters().values().stream().map(Optimizers::gradient).toList()));
    var all = gradients.stream().flatMap(List::stream).toList();
    ranks.sum(all);
    Gradients.scale(all, 1 / scale);
    double norm = Gradients.clip(all, clip);
    for (int i = 0; Double.isFinite(norm) && i < optimizers.size(); i++) {
      optimizers.get(i).step(gradients.get(i), groups.get(i).learningRate().at(step));
    }
    return norm;
  }

  /** Parameters, moments and step counts by name: everything that a checkpoint needs. */
  SortedMap<String, Tensor> state() {
    var state = new TreeMap<String, Tensor>();
    for (int i = 0; i < groups.size(); i++) {
      var names = new ArrayList<>(groups.get(i).parameters().keySet());
      var optimizer = optimizers.get(i);
      for (int k = 0; k < names.size(); k++) {
        state.put("parameter/" + names.get(k), optimizer.parameters().get(k));
        state.put("first/" + names.get(k), optimizer.firstMoments().get(k));
        state.put("second/" + names.get(k), optimizer.secondMoments().get(k));
        state.put("step/" + names.get(k), optimizer.steps().get(k));
      }
    }
    return state;
  }

  /** What is trained, by name. */
  SortedMap<String, Tensor> parameters() {
    var parameters = new TreeMap<String, Tensor>();
    groups.forEach(group -> parameters.putAll(group.parameters()));
    return parameters;
  }

  /**
   * Copies saved values onto tensors of the same names.
   *
   * @throws IllegalArgumentException if the values are of other tensors
   */
  static void copy(Map<String, Tensor> saved, Map<String, Tensor> current) {
    if (!current.keySet().equals(saved.keySet())) {
      throw new IllegalArgumentException(
          "the checkpoint holds %d tensors of other parameters than the %d trained now"
              .formatted(saved.size(), current.size()));
    }
    saved.forEach((name, value) -> requireShape(name, target(current, name), value));
    try (var mode = Autograd.paused()) {
      saved.forEach((name, value) -> target(current, name).copyInPlace(value));
    }
  }

  private static void requireShape(String name, Tensor current, Tensor saved) {
    if (!Arrays.equals(current.shape(), saved.shape())) {
      throw new IllegalArgumentException(
          "the checkpoint's %s has shape %s, this run trains %s"
              .formatted(name, Arrays.toString(saved.shape()), Arrays.toString(current.shape())));
    }
  }

  @Override
  public void close() {
    optimizers.forEach(AdamW::close);
  }

  private static Tensor target(Map<String, Tensor> current, String name) {
    var tensor = current.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("nothing is trained under the name " + name);
    }
    return tensor;
  }

  /** A parameter that the loss does not depend on has a gradient of zeros. */
  private static Tensor gradient(Tensor parameter) {
    return parameter.gradient().orElseGet(() -> parameter.torch().zeros(parameter.shape()));
  }
}
