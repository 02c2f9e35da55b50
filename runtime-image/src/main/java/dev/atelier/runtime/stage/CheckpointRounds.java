package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.evaluate.ParetoFront;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Rounds;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges checkpoints at fixed steps, ends training when the front stands still, and takes back the
 * weights of the best one. What was judged is durable; an interrupted round is done again, on the
 * same weights.
 */
final class CheckpointRounds implements Rounds {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final TrainingInput training;
  private final RoundShelf<CheckpointScore> shelf;
  private final IntFunction<CheckpointScore> judge;
  private final TrainingStep<?> step;
  private final TrainingProgress progress;
  private ParetoFront front = ParetoFront.empty();

  /**
   * @param judge scores the networks as they are
   * @param step holds the weights that are judged
   */
  CheckpointRounds(
      TrainingInput training,
      RoundShelf<CheckpointScore> shelf,
      IntFunction<CheckpointScore> judge,
      TrainingStep<?> step,
      TrainingProgress progress) {
    this.training = training;
    this.shelf = shelf;
    this.judge = judge;
    this.step = step;
    this.progress = progress;
    for (var score : shelf.scores()) {
      front = front.with(score);
    }
    tell();
  }

  @Override
  public boolean due(int done) {
    return done % training.autoStop().everySteps() == 0 || done == training.maxSteps();
  }

  @Override
  public boolean end(int done) throws IOException {
    if (front.rounds().stream().noneMatch(round -> round.step() == done)) {
      var score = step.withResult(() -> judge.apply(done));
      shelf.save(score, step.result());
      front = front.with(score);
      shelf.keepWeights(front.front().stream().map(CheckpointScore::step).toList());
      tell();
    }
    boolean ends = front.upTo(done).stops(training.autoStop().patience());
    if (ends) {
      LOG.info(
          "Train: nothing got better in the last {} rounds; training ends at step {} of {}",
          front.upTo(done).roundsWithoutMove(),
          done,
          training.maxSteps());
    }
    return ends;
  }

  /** All rounds. */
  ParetoFront front() {
    return front;
  }

  /** Sets the networks to the weights of the chosen round, and says which that is. */
  CheckpointScore choose(Torch torch) throws IOException {
    var candidates = front;
    while (candidates.chosen().isPresent()) {
      var chosen = candidates.chosen().get();
      try (Scope scope = Scope.open()) {
        var parameters = shelf.parameters(torch, chosen.step());
        if (parameters.isPresent()) {
          step.adopt(parameters.get());
          fallBackTo(candidates);
          return chosen;
        }
      }
      LOG.warn(
          "Train: the weights of step {} are damaged; choosing among the others", chosen.step());
      candidates = candidates.without(chosen.step());
    }
    throw new StageFailure.BadInput(
        "the weights of every judged checkpoint are gone or damaged; start a new run by raising spec.runNonce");
  }

  private void fallBackTo(ParetoFront candidates) {
    if (!front.equals(candidates)) {
      front = candidates;
      tell();
    }
  }

  private void tell() {
    if (!front.rounds().isEmpty()) {
      progress.judged(front);
    }
  }
}
