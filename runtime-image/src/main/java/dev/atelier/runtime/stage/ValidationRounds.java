package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Rounds;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.stage.TrainingInput.AutoStop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures at fixed steps the loss of what training does not see, ends training when it no longer
 * falls, and takes back the weights of the best step. Every phase is measured in its own size; only
 * the last one can end early and be chosen from, since it is what the others lead to. What was
 * measured is durable; an interrupted round is done again, on the same weights.
 */
final class ValidationRounds implements Rounds {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final AutoStop autoStop;
  private final VideoPhases phases;
  private final RoundShelf<VideoCurve.Round> shelf;
  private final IntToDoubleFunction loss;
  private final TrainingStep<?> step;
  private final VideoTrainingProgress progress;
  private final Ranks ranks;
  private final List<VideoCurve.Round> rounds;

  /**
   * @param loss measures the networks as they are, in the size of a phase
   * @param step holds the weights that are measured
   * @param ranks which all measure; the first keeps what was measured
   */
  ValidationRounds(
      AutoStop autoStop,
      VideoPhases phases,
      RoundShelf<VideoCurve.Round> shelf,
      IntToDoubleFunction loss,
      TrainingStep<?> step,
      VideoTrainingProgress progress,
      Ranks ranks) {
    this.autoStop = autoStop;
    this.phases = phases;
    this.shelf = shelf;
    this.loss = loss;
    this.step = step;
    this.progress = progress;
    this.ranks = ranks;
    this.rounds = new ArrayList<>(shelf.scores());
    if (!rounds.isEmpty()) {
      progress.judged(rounds, best(phases.steps()));
    }
  }

  @Override
  public boolean due(int done) {
    int place = phases.of(done);
    return (done - phases.begin(place)) % autoStop.everySteps() == 0 || done == phases.end(place);
  }

  @Override
  public boolean end(int done) throws IOException {
    int place = phases.of(done);
    if (rounds.stream().noneMatch(round -> round.step() == done)) {
      measure(done, place);
    }
    if (!phases.isLast(place) || roundsSinceBest(done) < autoStop.patience()) {
      return false;
    }
    LOG.info(
        "Train: the validation loss did not fall in the last {} rounds; training ends at step {} of {}",
        autoStop.patience(),
        done,
        phases.steps());
    return true;
  }

  /** Every round, in the order of training. */
  List<VideoCurve.Round> rounds() {
    return List.copyOf(rounds);
  }

  /** Sets the networks to the weights of the best round, and says which that is. */
  VideoCurve.Round choose(Torch torch) throws IOException {
    var best = best(phases.steps()).orElseThrow();
    try (Scope scope = Scope.open()) {
      var parameters =
          shelf
              .parameters(torch, best.step())
              .orElseThrow(
                  () ->
                      new StageFailure.BadInput(
                          "the weights of step %d, the best one, are gone or damaged; start a new run by raising spec.runNonce"
                              .formatted(best.step())));
      step.adopt(parameters);
      return best;
    }
  }

  private void measure(int done, int place) throws IOException {
    double measured = step.withResult(() -> loss.applyAsDouble(place));
    if (!Double.isFinite(measured)) {
      throw new StageFailure.Diverged(
          "the validation loss is %s after step %d. Lower training.learningRate"
              .formatted(measured, done));
    }
    var round = new VideoCurve.Round(done, phases.phases().get(place).name(), measured);
    boolean best =
        phases.isLast(place) && best(done).filter(other -> other.loss() <= measured).isEmpty();
    if (ranks.first()) {
      keep(round, best);
    }
    rounds.add(round);
    progress.judged(rounds, best(done));
  }

  private void keep(VideoCurve.Round round, boolean best) throws IOException {
    if (best) {
      shelf.save(round, step.result());
      shelf.keepWeights(List.of(round.step()));
    } else {
      shelf.save(round);
    }
  }

  /** The best round of the last phase up to a step; the first of equals. */
  private Optional<VideoCurve.Round> best(int done) {
    return ofLastPhase(done).stream().min(Comparator.comparingDouble(VideoCurve.Round::loss));
  }

  private int roundsSinceBest(int done) {
    int best = best(done).orElseThrow().step();
    return (int) ofLastPhase(done).stream().filter(round -> round.step() > best).count();
  }

  private List<VideoCurve.Round> ofLastPhase(int done) {
    return rounds.stream()
        .filter(round -> round.step() <= done && phases.isLast(phases.of(round.step())))
        .toList();
  }
}
