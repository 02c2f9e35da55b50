package dev.atelier.runtime.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The checkpoints of a training that no other beats in identity, prompt alignment and memorisation
 * at once. Longer training makes a person more like herself, prompts less obeyed and photos more
 * copied, so there is no single best step.
 *
 * <p><b>The rule.</b> Published is the checkpoint of the front that lies nearest to the ideal
 * point, in Euclidean distance; an earlier step wins a tie. Identity and prompt alignment are
 * measured from the best that was seen in this training, in units of the range that was seen, or of
 * {@link Rule#noise} where that is wider: what a few evaluation pictures cannot tell apart decides
 * nothing. Memorisation is measured from the lowest that was seen, in units of what is left up to
 * {@link Rule#memorisationLimit}: it weighs as much as it has become a danger. Checkpoints above
 * the limit are chosen only where there are no others.
 *
 * <p><b>When to stop.</b> A round moves the front if no earlier checkpoint is as good in everything
 * within {@link Rule#tolerance}; training stops after {@code patience} rounds that did not. The
 * tolerance keeps the noise of a few evaluation pictures from looking like progress.
 *
 * @param rounds in the order of training
 */
public record ParetoFront(List<CheckpointScore> rounds, Rule rule) {

  /**
   * The numbers of the rule.
   *
   * @param memorisationLimit SSIM to the closest training photo above which pictures count as
   *     copies
   * @param tolerance what counts as no difference, in units of the scores
   * @param noise range of identity or prompt alignment below which steps hardly differ
   */
  public record Rule(double memorisationLimit, double tolerance, double noise) {
    /** For scores of this project's readings. */
    public static final Rule DEFAULT = new Rule(0.9, 0.005, 0.05);
  }

  public ParetoFront {
    rounds = List.copyOf(rounds);
  }

  /** Before the first round. */
  public static ParetoFront empty() {
    return new ParetoFront(List.of(), Rule.DEFAULT);
  }

  /** With one more round. */
  public ParetoFront with(CheckpointScore score) {
    var more = new ArrayList<>(rounds);
    more.add(score);
    more.sort(Comparator.comparingInt(CheckpointScore::step));
    return new ParetoFront(more, rule);
  }

  /** The rounds up to a step. */
  public ParetoFront upTo(int step) {
    return new ParetoFront(rounds.stream().filter(round -> round.step() <= step).toList(), rule);
  }

  /** All rounds but that of a step. */
  public ParetoFront without(int step) {
    return new ParetoFront(rounds.stream().filter(round -> round.step() != step).toList(), rule);
  }

  /** The checkpoints that none dominates, in the order of training; of equal ones the first. */
  public List<CheckpointScore> front() {
    var front = new ArrayList<CheckpointScore>();
    for (int i = 0; i < rounds.size(); i++) {
      var score = rounds.get(i);
      boolean beaten = rounds.stream().anyMatch(other -> other.dominates(score));
      boolean repeated = rounds.subList(0, i).stream().anyMatch(other -> other.isWithin(0, score));
      if (!beaten && !repeated) {
        front.add(score);
      }
    }
    return front;
  }

  /** The checkpoint to publish by the rule; empty before the first round. */
  public Optional<CheckpointScore> chosen() {
    var front = front();
    var original =
        front.stream().filter(s -> s.memorisation() <= rule.memorisationLimit()).toList();
    return (original.isEmpty() ? front : original)
        .stream()
            .min(
                Comparator.comparingDouble(this::distanceToIdeal)
                    .thenComparingInt(CheckpointScore::step));
  }

  /** How many of the latest rounds did not move the front. */
  public int roundsWithoutMove() {
    int count = 0;
    while (count < rounds.size() && !moved(rounds.size() - 1 - count)) {
      count++;
    }
    return count;
  }

  /** Whether training should stop. */
  public boolean stops(int patience) {
    return patience > 0 && roundsWithoutMove() >= patience;
  }

  private boolean moved(int round) {
    var score = rounds.get(round);
    return rounds.subList(0, round).stream()
        .noneMatch(earlier -> earlier.isWithin(rule.tolerance(), score));
  }

  private double distanceToIdeal(CheckpointScore score) {
    double identity = missing(score, CheckpointScore::identity);
    double alignment = missing(score, CheckpointScore::promptAlignment);
    double copying = copying(score.memorisation());
    return Math.sqrt(identity * identity + alignment * alignment + copying * copying);
  }

  /** 0 for the best of all rounds, 1 for the worst if they differ by more than noise. */
  private double missing(CheckpointScore score, ToDoubleFunction<CheckpointScore> axis) {
    double best = rounds.stream().mapToDouble(axis).max().orElseThrow();
    double worst = rounds.stream().mapToDouble(axis).min().orElseThrow();
    return (best - axis.applyAsDouble(score)) / Math.max(best - worst, rule.noise());
  }

  /** 0 for the lowest of all rounds, 1 where pictures count as copies. */
  private double copying(double memorisation) {
    double lowest = rounds.stream().mapToDouble(CheckpointScore::memorisation).min().orElseThrow();
    double room = rule.memorisationLimit() - lowest;
    return room <= 0 ? 0 : (memorisation - lowest) / room;
  }
}
