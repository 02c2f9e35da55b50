package dev.atelier.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A curve with more points than may be told, by properties that hold for every length. */
class ThinningTest {

  private static final IntPredicate NONE = place -> false;

  @Test
  void everyOtherOfTheOldestGoesAndTheNewestStayAsDense() {
    assertThat(Thinning.kept(10, 7, NONE)).containsExactly(0, 2, 4, 6, 7, 8, 9);
  }

  @Test
  void whereThatIsNotEnoughEveryOtherOfTheRestGoesToo() {
    assertThat(Thinning.kept(12, 5, NONE)).containsExactly(0, 4, 8, 10, 11);
  }

  @Test
  void thePointThatIsHeldStays() {
    assertThat(Thinning.kept(10, 7, place -> place == 3)).containsExactly(0, 2, 3, 5, 7, 8, 9);
  }

  @Test
  void fewerThanTheEndsAndOneBetweenCannotBeAskedFor() {
    assertThatThrownBy(() -> Thinning.kept(10, 2, NONE)).hasMessageContaining("at least 3");
  }

  @RepeatedTest(500)
  void aCurveThatGrowsIsThinnedByTheRule(RepetitionInfo trial) {
    var random = new Random(trial.getCurrentRepetition());
    int limit = 3 + random.nextInt(80);
    int size = 1 + random.nextInt(10 * limit);
    int selected = random.nextInt(size);
    IntPredicate held = place -> place == selected;

    var kept = Thinning.kept(size, limit, held);

    assertThat(kept).hasSize(Math.min(size, limit)).isSorted().doesNotHaveDuplicates();
    assertThat(kept).startsWith(0).endsWith(size - 1).contains(selected);
    assertThat(kept).allMatch(place -> place >= 0 && place < size);
    assertThat(gone(size, kept))
        .as("what went is still gone with one more point")
        .isSubsetOf(gone(size + 1, Thinning.kept(size + 1, limit, held)));
  }

  @RepeatedTest(50)
  void theNewerThePointsTheDenser(RepetitionInfo trial) {
    var random = new Random(trial.getCurrentRepetition());
    int limit = 3 + random.nextInt(80);

    var kept = Thinning.kept(1 + random.nextInt(20 * limit), limit, NONE);

    var gaps = gaps(kept);
    for (int i = 2; i < gaps.size(); i++) {
      assertThat(gaps.get(i)).as("gap %d of %s", i, kept).isLessThanOrEqualTo(gaps.get(i - 1));
    }
  }

  private static List<Integer> gaps(List<Integer> kept) {
    return IntStream.range(1, kept.size()).map(i -> kept.get(i) - kept.get(i - 1)).boxed().toList();
  }

  private static HashSet<Integer> gone(int size, List<Integer> kept) {
    var gone = new HashSet<Integer>();
    for (int place = 0; place < size; place++) {
      if (!kept.contains(place)) {
        gone.add(place);
      }
    }
    return gone;
  }
}
