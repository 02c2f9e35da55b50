package dev.atelier.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the checkpoints of a training were judged: its curve. By columns, since last words are short.
 *
 * @param steps that were judged, in the order of training
 * @param scores of all these steps, by name
 * @param front steps that no other beats in all scores at once
 * @param selectedStep that would be published now, or was; absent while there is none to choose
 */
public record JudgedRounds(
    List<Integer> steps, List<Scores> scores, List<Integer> front, @Nullable Integer selectedStep) {

  /** How many rounds are told at most; {@link #bounded} says which. */
  public static final int LIMIT = 64;

  public JudgedRounds {
    steps = List.copyOf(steps);
    scores = List.copyOf(scores);
    front = List.copyOf(front);
    for (var column : scores) {
      if (column.values().size() != steps.size()) {
        throw new IllegalArgumentException(
            "%d rounds, but %d values of %s"
                .formatted(steps.size(), column.values().size(), column.name()));
      }
    }
  }

  /** One score of every step, as decimals. */
  public record Scores(String name, List<String> values) {

    public Scores {
      values = List.copyOf(values);
    }
  }

  /** The scores of one step. */
  public record Round(int step, List<NamedValue> scores) {

    public Round {
      scores = List.copyOf(scores);
    }

    private List<String> names() {
      return scores.stream().map(NamedValue::name).toList();
    }
  }

  /**
   * Puts rounds together.
   *
   * @param rounds in the order of training, all with the same scores
   */
  public static JudgedRounds of(
      List<Round> rounds, List<Integer> front, @Nullable Integer selectedStep) {
    var names = rounds.isEmpty() ? List.<String>of() : rounds.get(0).names();
    var columns = new ArrayList<Scores>();
    for (int column = 0; column < names.size(); column++) {
      int place = column;
      columns.add(
          new Scores(
              names.get(column),
              rounds.stream().map(round -> round.scores().get(place).value()).toList()));
    }
    return new JudgedRounds(
        rounds.stream().map(Round::step).toList(), columns, front, selectedStep);
  }

  /** Round after round. */
  public List<Round> rounds() {
    return IntStream.range(0, steps.size()).mapToObj(this::round).toList();
  }

  /**
   * At most {@link #LIMIT} rounds: as many of the older ones as are too many are left out, every
   * other one; the first, the last and the selected one stay.
   */
  public JudgedRounds bounded() {
    var kept = thinned(LIMIT);
    var steps = Set.copyOf(kept.steps());
    return new JudgedRounds(
        kept.steps(), kept.scores(), front.stream().filter(steps::contains).toList(), selectedStep);
  }

  /**
   * The same with rounds that were known before and are left out here. What is said of the front is
   * said of them too.
   */
  public JudgedRounds with(List<Round> known) {
    var names = scores.stream().map(Scores::name).toList();
    var all = new TreeMap<Integer, Round>(Comparator.naturalOrder());
    known.stream()
        .filter(round -> round.names().equals(names))
        .forEach(round -> all.put(round.step(), round));
    rounds().forEach(round -> all.put(round.step(), round));
    return of(List.copyOf(all.values()), front, selectedStep).bounded();
  }

  /**
   * The same with fewer rounds. The front stays whole: whoever knows the rounds that are left out
   * learns whether they are still part of it.
   */
  JudgedRounds thinned(int limit) {
    int selected = selectedStep == null ? -1 : steps.indexOf(selectedStep);
    var places = Thinning.kept(steps.size(), limit, place -> place == selected);
    return new JudgedRounds(
        places.stream().map(steps::get).toList(),
        scores.stream()
            .map(
                column ->
                    new Scores(column.name(), places.stream().map(column.values()::get).toList()))
            .toList(),
        front,
        selectedStep);
  }

  private Round round(int place) {
    return new Round(
        steps.get(place),
        scores.stream()
            .map(column -> new NamedValue(column.name(), column.values().get(place)))
            .collect(Collectors.toUnmodifiableList()));
  }
}
