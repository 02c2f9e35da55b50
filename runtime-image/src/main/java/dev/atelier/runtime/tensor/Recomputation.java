package dev.atelier.runtime.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gradient checkpointing (Chen et al. 2016): the forward pass keeps nothing but what goes into each
 * piece, and the backward pass runs the pieces again, last first, to differentiate them. About a
 * third more work for a fraction of the memory; the gradients are the same.
 *
 * <p>It owns the outputs of the pieces until it is closed.
 */
public final class Recomputation implements Segments, AutoCloseable {

  private final List<Step> steps = new ArrayList<>();

  /**
   * A piece as it was run.
   *
   * @param inputs as they were given, to tell them apart
   * @param kept the inputs' values, for as long as this lives
   * @param flows whether each input needs a gradient: what no parameter went into does not
   */
  private record Step(
      Segment segment,
      List<Tensor> inputs,
      List<Tensor> kept,
      List<Boolean> flows,
      Tensor output) {}

  @Override
  public Tensor run(Segment segment, Tensor... inputs) {
    try (Scope scope = Scope.open();
        var paused = Autograd.paused()) {
      var kept = new ArrayList<Tensor>();
      var flows = new ArrayList<Boolean>();
      for (var input : inputs) {
        kept.add(Scope.release(input.detach()));
        flows.add(isOutput(input) || Autograd.isRecorded(input));
      }
      var output = Scope.release(segment.of(inputs));
      steps.add(new Step(segment, List.of(inputs), kept, flows, output));
      return output;
    }
  }

  /**
   * Adds the gradients of a loss to the parameters of the pieces.
   *
   * @param output of the last piece
   * @param gradient of the loss by it
   * @return the gradients of the loss by those inputs that came recorded from elsewhere; they
   *     belong to the scope around
   */
  public Inflow backward(Tensor output, Tensor gradient) {
    var flowing = new IdentityHashMap<Tensor, Tensor>();
    flowing.put(output, Scope.release(gradient.copy()));
    for (int i = steps.size() - 1; i >= 0; i--) {
      var step = steps.get(i);
      var own = flowing.remove(step.output());
      if (own != null) {
        backward(step, own, flowing);
        own.close();
      }
    }
    flowing.values().forEach(Scope::register);
    return new Inflow(flowing);
  }

  /** Gradients by what went into the first pieces. */
  public record Inflow(Map<Tensor, Tensor> gradients) {

    /** The gradient by an input; empty where none flows to it. */
    public Optional<Tensor> by(Tensor input) {
      return Optional.ofNullable(gradients.get(input));
    }
  }

  @Override
  public void close() {
    for (var step : steps) {
      step.kept().forEach(Tensor::close);
      step.output().close();
    }
    steps.clear();
  }

  private void backward(Step step, Tensor gradient, Map<Tensor, Tensor> flowing) {
    try (Scope scope = Scope.open()) {
      var leaves = new Tensor[step.kept().size()];
      for (int i = 0; i < leaves.length; i++) {
        leaves[i] = step.kept().get(i).detach().requireGradient(step.flows().get(i));
      }
      Tensor output;
      try (var recording = Autograd.recording()) {
        output = step.segment().of(leaves);
      }
      if (Autograd.isRecorded(output)) {
        Autograd.backward(output, gradient);
        for (int i = 0; i < leaves.length; i++) {
          var input = step.inputs().get(i);
          leaves[i].gradient().ifPresent(found -> add(flowing, input, found));
        }
      }
    }
  }

  private boolean isOutput(Tensor input) {
    return steps.stream().anyMatch(step -> step.output() == input);
  }

  private static void add(Map<Tensor, Tensor> flowing, Tensor input, Tensor gradient) {
    var before = flowing.get(input);
    flowing.put(input, Scope.release(before == null ? gradient.copy() : before.add(gradient)));
    if (before != null) {
      before.close();
    }
  }
}
