package dev.atelier.runtime.train;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps from the newest checkpoint to the last. Everything random comes from the batch source,
 * so that stopping and resuming gives the very same weights (on the CPU, bit for bit).
 */
public final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /**
   * How to train.
   *
   * @param accumulation forward passes per optimizer step
   * @param clip highest norm of the gradients
   * @param checkpointEvery steps between checkpoints
   */
  public record Plan(
      int steps, int accumulation, AdamW.Settings adamW, double clip, int checkpointEvery) {}

  private final Torch torch;
  private final Networks networks;
  private final TuningMethod method;
  private final Objective objective;
  private final BatchSource batches;
  private final Checkpoints checkpoints;
  private final TrainingListener listener;
  private final StopRequest stop;

  /** A loop over these parts. */
  public TrainingLoop(
      Torch torch,
      Networks networks,
      TuningMethod method,
      Objective objective,
      BatchSource batches,
      Checkpoints checkpoints,
      TrainingListener listener,
      StopRequest stop) {
    this.torch = torch;
    this.networks = networks;
    this.method = method;
    this.objective = objective;
    this.batches = batches;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Trains to the last step.
   *
   * @throws StageFailure.Checkpointed when asked to stop, after saving
   * @throws StageFailure.Diverged when the loss is not a number
   */
  public void run(Plan plan) throws IOException {
    try (var optimizers = new Optimizers(method.groups(), plan.adamW(), plan.clip())) {
      int start = resume(optimizers);
      for (int step = start; step < plan.steps(); step++) {
        if (stop.requested()) {
          throw stopped(step, optimizers);
        }
        listener.step(step(step, plan, optimizers));
        int done = step + 1;
        if (done % plan.checkpointEvery() == 0 && done < plan.steps()) {
          listener.checkpoint(checkpoints.save(done, optimizers.state()));
        }
      }
    }
  }

  private int resume(Optimizers optimizers) throws IOException {
    try (Scope scope = Scope.open()) {
      var newest = checkpoints.newest(torch);
      if (newest.isEmpty()) {
        return 0;
      }
      var restored = newest.get();
      optimizers.restore(restored.state());
      listener.checkpoint(restored.reference());
      LOG.info("Train: resuming after step {}", restored.step());
      return restored.step();
    } catch (IllegalArgumentException e) {
      throw new StageFailure.BadInput(
          "cannot resume: " + e.getMessage() + "; start a new run by raising spec.runNonce", e);
    }
  }

  private StageFailure stopped(int step, Optimizers optimizers) throws IOException {
    if (step > 0) {
      listener.checkpoint(checkpoints.save(step, optimizers.state()));
    }
    return new StageFailure.Checkpointed(
        "stopped (%s) after step %d; the next pod goes on from there"
            .formatted(stop.reason(), step));
  }

  private TrainingListener.Step step(int step, Plan plan, Optimizers optimizers) {
    try (Scope scope = Scope.open()) {
      optimizers.zeroGradients();
      double total = 0;
      double instance = 0;
      double prior = 0;
      for (int pass = 0; pass < plan.accumulation(); pass++) {
        try (Scope inner = Scope.open()) {
          var loss = descend(batches.batch(step, pass), plan.accumulation());
          total += loss.total().item() / plan.accumulation();
          instance += loss.instance().item() / plan.accumulation();
          prior += loss.prior().item() / plan.accumulation();
        }
      }
      if (!Double.isFinite(total)) {
        throw new StageFailure.Diverged(
            "the loss is %s at step %d; the newest checkpoint before it is kept. Lower training.learningRate"
                .formatted(total, step + 1));
      }
      double norm = optimizers.step(step);
      double rate = method.groups().get(0).learningRate().at(step);
      return new TrainingListener.Step(step + 1, total, instance, prior, norm, rate);
    }
  }

  private Objective.Loss descend(Batch batch, int accumulation) {
    var noisy = objective.table().addNoise(batch.latents(), batch.noise(), batch.timesteps());
    try (var mode = Autograd.recording()) {
      var loss =
          objective.loss(networks.predict(noisy, batch.timesteps(), batch.tokenIds()), batch);
      Autograd.backward(accumulation == 1 ? loss.total() : loss.total().mul(1.0 / accumulation));
      return loss;
    }
  }
}
