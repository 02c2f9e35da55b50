package dev.atelier.runtime.train;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.CheckpointRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps from the newest checkpoint to the last. Everything random comes from the batch source,
 * so that stopping and resuming gives the very same weights (on the CPU, bit for bit).
 */
public final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /**
   * How far to train.
   *
   * @param checkpointEvery steps between checkpoints
   * @param learningRate what the listener is told
   */
  public record Plan(int steps, int checkpointEvery, LearningRate learningRate) {}

  private final Torch torch;
  private final Training training;
  private final Checkpoints checkpoints;
  private final Rounds rounds;
  private final TrainingListener listener;
  private final StopRequest stop;
  private final Ranks ranks;

  /** The newest first. */
  private final Deque<CheckpointRef> saved = new ArrayDeque<>();

  /** A loop that takes every step. */
  public TrainingLoop(
      Torch torch,
      Training training,
      Checkpoints checkpoints,
      TrainingListener listener,
      StopRequest stop) {
    this(torch, training, checkpoints, Rounds.NONE, listener, stop, Ranks.ALONE);
  }

  /** A loop over these parts, in step with other ranks. */
  public TrainingLoop(
      Torch torch,
      Training training,
      Checkpoints checkpoints,
      Rounds rounds,
      TrainingListener listener,
      StopRequest stop,
      Ranks ranks) {
    this.torch = torch;
    this.training = training;
    this.checkpoints = checkpoints;
    this.rounds = rounds;
    this.listener = listener;
    this.stop = stop;
    this.ranks = ranks;
  }

  /**
   * Trains to the last step, or to where the rounds end it.
   *
   * @return steps taken, those of earlier attempts included
   * @throws StageFailure.Checkpointed when asked to stop, after saving
   * @throws StageFailure.Diverged when the loss or its gradient is not a finite number
   */
  public int run(Plan plan) throws IOException {
    int done = resume();
    listener.begin(done);
    while (!ends(done, plan)) {
      if (ranks.any(stop.requested())) {
        throw stopped(done);
      }
      take(done, plan);
      done++;
      if (rounds.due(done) || (done % plan.checkpointEvery() == 0 && done < plan.steps())) {
        save(done);
      }
    }
    return done;
  }

  private boolean ends(int done, Plan plan) throws IOException {
    boolean satisfied = done > 0 && rounds.due(done) && ranks.decides(rounds.end(done));
    return satisfied || done >= plan.steps();
  }

  private int resume() throws IOException {
    int done = restored();
    int first = (int) ranks.ofFirst(done);
    if (ranks.any(done != first)) {
      throw new StageFailure.StorageUnavailable(
          "not every pod found the same checkpoint (rank %d that of step %d, rank 0 that of step %d): they need one store, a volume has to be ReadWriteMany"
              .formatted(ranks.rank(), done, first),
          null);
    }
    return done;
  }

  private int restored() throws IOException {
    try (Scope scope = Scope.open()) {
      var found = checkpoints.newest(torch);
      if (found.isEmpty()) {
        return 0;
      }
      var restored = found.get();
      training.restore(restored.state());
      durable(restored.reference());
      LOG.info("Train: resuming after step {}", restored.step());
      return restored.step();
    } catch (IllegalArgumentException e) {
      throw new StageFailure.BadInput(
          "cannot resume: " + e.getMessage() + "; start a new run by raising spec.runNonce", e);
    }
  }

  private void take(int step, Plan plan) {
    var losses = training.descend(step);
    requireFinite(losses.total(), "loss", step);
    double norm = training.update(step);
    requireFinite(norm, "gradient's norm", step);
    listener.step(
        new TrainingListener.Step(
            step + 1,
            losses.total(),
            losses.instance(),
            losses.prior(),
            norm,
            plan.learningRate().at(step)));
  }

  private void requireFinite(double value, String what, int step) {
    if (!Double.isFinite(value)) {
      // The update before a checkpoint may be what broke the weights: it is good once a step from
      // it was.
      if (isSaved(step)) {
        discard(saved.pop());
      }
      throw new StageFailure.Diverged(
          "the %s is %s at step %d; %s. Lower training.learningRate"
              .formatted(what, value, step + 1, kept()));
    }
  }

  private String kept() {
    if (!ranks.first()) {
      return "rank 0 keeps the last good checkpoint";
    }
    return saved.isEmpty()
        ? "there is no checkpoint yet"
        : "the checkpoint of step " + saved.element().step() + " is kept";
  }

  private void discard(CheckpointRef checkpoint) {
    if (ranks.first()) {
      checkpoints.discard(checkpoint);
    }
  }

  private boolean isSaved(int step) {
    return !saved.isEmpty() && saved.element().step() == step;
  }

  private StageFailure stopped(int step) throws IOException {
    if (step > 0 && !isSaved(step)) {
      save(step);
    }
    // No pod is gone before what it would be started again from is there.
    ranks.meet();
    return new StageFailure.Checkpointed(
        "stopped (%s) after step %d; the next pod goes on from there"
            .formatted(stop.requested() ? stop.reason() : "another rank was asked to", step));
  }

  private void save(int step) throws IOException {
    if (ranks.first()) {
      durable(checkpoints.save(step, training.state()));
    }
  }

  private void durable(CheckpointRef reference) {
    saved.push(reference);
    listener.checkpoint(reference);
  }
}
