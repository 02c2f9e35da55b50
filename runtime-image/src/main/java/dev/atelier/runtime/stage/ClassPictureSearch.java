package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Draws pictures of the class until each is good: what is refused is drawn again from another seed.
 * After {@link #SEEDS} of them a picture is left out; none that is refused is ever kept.
 */
final class ClassPictureSearch {

  /**
   * Seeds that are tried for a picture. Of a base model that draws every second one well, one
   * picture in 256 is left out.
   */
  static final int SEEDS = 8;

  private final Function<RgbImage, Optional<Verdict>> refusal;

  /**
   * @param refusal why a picture is no good, or empty
   */
  ClassPictureSearch(Function<RgbImage, Optional<Verdict>> refusal) {
    this.refusal = refusal;
  }

  /** Draws pictures; those of one attempt have other seeds than those of every other. */
  interface Drawing<T> {

    /** One for each number, in that order. */
    List<Drawn<T>> draw(List<Integer> pictures, int attempt);
  }

  /** What a picture is kept as, and what it shows. */
  record Drawn<T>(T kept, RgbImage picture) {}

  /** The good ones by their numbers, and how many there were. */
  record Found<T>(SortedMap<Integer, T> pictures, ClassPictureCount count) {}

  /** Looks for the pictures of these numbers. */
  <T> Found<T> find(List<Integer> asked, Drawing<T> drawing) {
    var found = new TreeMap<Integer, T>();
    var refused = new EnumMap<Verdict, Integer>(Verdict.class);
    Map<Integer, Verdict> missing = new TreeMap<>();
    var next = asked;
    for (int attempt = 0; attempt < SEEDS && !next.isEmpty(); attempt++) {
      var drawn = drawing.draw(next, attempt);
      missing = new TreeMap<>();
      for (int i = 0; i < next.size(); i++) {
        var verdict = refusal.apply(drawn.get(i).picture());
        if (verdict.isPresent()) {
          refused.merge(verdict.get(), 1, Integer::sum);
          missing.put(next.get(i), verdict.get());
        } else {
          found.put(next.get(i), drawn.get(i).kept());
        }
      }
      next = new ArrayList<>(missing.keySet());
    }
    var leftOut = new EnumMap<Verdict, Integer>(Verdict.class);
    missing.values().forEach(verdict -> leftOut.merge(verdict, 1, Integer::sum));
    return new Found<>(found, new ClassPictureCount(asked.size(), found.size(), refused, leftOut));
  }
}
