package dev.atelier.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which points of a curve stay where there are too many. What is newest stays as dense as it is;
 * from the oldest on every other point goes, and again every other one of those that stayed, until
 * the rest fits. A curve that grows never gets back a point that went, so long as the same points
 * are held.
 */
final class Thinning {

  /** The fewest points that can be asked for: the first, the last and one that is held. */
  static final int FEWEST = 3;

  private Thinning() {}

  /**
   * The places of the points that stay, in order.
   *
   * @param limit how many may stay, at least {@link #FEWEST}
   * @param held a place, beside the first and the last, that stays; true of one at most
   */
  static List<Integer> kept(int size, int limit, IntPredicate held) {
    if (limit < FEWEST) {
      throw new IllegalArgumentException(
          "a curve has at least %d points, not %d".formatted(FEWEST, limit));
    }
    var kept = IntStream.range(0, size).boxed().toList();
    while (kept.size() > limit) {
      kept = everyOther(kept, kept.size() - limit, held);
    }
    return kept;
  }

  private static List<Integer> everyOther(List<Integer> places, int excess, IntPredicate held) {
    int last = places.get(places.size() - 1);
    var stay = new ArrayList<Integer>();
    int gone = 0;
    boolean turn = false;
    for (int place : places) {
      if (turn && gone < excess && place != last && !held.test(place)) {
        gone++;
        turn = false;
      } else {
        stay.add(place);
        turn = true;
      }
    }
    return stay;
  }
}
