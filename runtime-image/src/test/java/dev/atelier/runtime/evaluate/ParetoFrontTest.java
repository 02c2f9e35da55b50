package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ParetoFrontTest {
  static final List<Integer> seeds = IntStream.range(0, 40).boxed().toList();

  @Test
  void theMiddleOfATrainingIsChosenBeforeItsOverfittedEnd() {
    var front =
        front(
            new CheckpointScore(100, 0.30, 0.31, 0.40),
            new CheckpointScore(200, 0.55, 0.30, 0.45),
            new CheckpointScore(300, 0.68, 0.29, 0.52),
            new CheckpointScore(400, 0.71, 0.24, 0.75),
            new CheckpointScore(500, 0.72, 0.19, 0.88));

    assertThat(front.front()).hasSize(5);
    assertThat(front.chosen()).get().extracting(CheckpointScore::step).isEqualTo(300);
  }

  /** Twelve pictures do not measure a thousandth: likeness decides, not the noise beside it. */
  @Test
  void differencesWithinTheNoiseOfAScoreDoNotDecide() {
    var front =
        front(
            new CheckpointScore(50, 0.158, 0.818, 0.429),
            new CheckpointScore(100, 0.232, 0.817, 0.546),
            new CheckpointScore(250, 0.331, 0.816, 0.599),
            new CheckpointScore(400, 0.370, 0.816, 0.617));

    assertThat(front.chosen()).get().extracting(CheckpointScore::step).isEqualTo(400);
  }

  /** The same gain in likeness is worth it far from the limit and not close to it. */
  @Test
  void memorisationWeighsAsMuchAsItHasBecomeADanger() {
    var harmless =
        front(new CheckpointScore(100, 0.40, 0.8, 0.45), new CheckpointScore(200, 0.50, 0.8, 0.60));
    var nearlyCopies =
        front(new CheckpointScore(100, 0.40, 0.8, 0.45), new CheckpointScore(200, 0.43, 0.8, 0.89));

    assertThat(harmless.chosen()).get().extracting(CheckpointScore::step).isEqualTo(200);
    assertThat(nearlyCopies.chosen()).get().extracting(CheckpointScore::step).isEqualTo(100);
  }

  @Test
  void copiesOfPhotosArePublishedOnlyWhereThereIsNothingElse() {
    var copy = new CheckpointScore(100, 0.9, 0.3, 0.97);
    var shy = new CheckpointScore(200, 0.4, 0.1, 0.60);

    assertThat(front(copy, shy).chosen()).contains(shy);
    assertThat(front(copy).chosen()).contains(copy);
  }

  @Test
  void trainingStopsAfterAsManyRoundsAsPatienceAllowsThatDidNotMoveTheFront() {
    var good = front(new CheckpointScore(100, 0.6, 0.3, 0.5));
    var worse = good.with(new CheckpointScore(200, 0.59, 0.3, 0.5));
    var again = worse.with(new CheckpointScore(300, 0.601, 0.301, 0.499));

    assertThat(good.stops(1)).isFalse();
    assertThat(worse.stops(1)).isTrue();
    assertThat(again.roundsWithoutMove()).isEqualTo(2);
    assertThat(again.stops(2)).isTrue();
    assertThat(again.stops(3)).isFalse();
    assertThat(again.with(new CheckpointScore(400, 0.7, 0.2, 0.5)).roundsWithoutMove()).isZero();
    assertThat(again.stops(0)).isFalse();
  }

  @Test
  void beforeTheFirstRoundNothingIsChosenAndNothingStops() {
    assertThat(ParetoFront.empty().chosen()).isEmpty();
    assertThat(ParetoFront.empty().stops(1)).isFalse();
  }

  @Test
  void aScoreThatIsNotANumberIsRefused() {
    assertThatThrownBy(() -> new CheckpointScore(7, Double.NaN, 0, 0))
        .hasMessage("the checkpoint of step 7 has a score that is not a number");
  }

  @ParameterizedTest
  @FieldSource("seeds")
  void noMemberIsDominatedAndEveryOtherIsMatchedByAMember(int seed) {
    var front = random(seed);

    assertThat(front.front()).isNotEmpty();
    for (var member : front.front()) {
      assertThat(front.rounds()).noneMatch(other -> other.dominates(member));
    }
    for (var score : front.rounds()) {
      assertThat(front.front()).anyMatch(member -> member.isWithin(0, score));
    }
    assertThat(front.front()).contains(front.chosen().orElseThrow());
  }

  @ParameterizedTest
  @FieldSource("seeds")
  void theOrderOfTheRoundsChangesNeitherFrontNorChoice(int seed) {
    var rounds = new ArrayList<>(random(seed).rounds());
    Collections.shuffle(rounds, new Random(seed));
    var shuffled = new ParetoFront(rounds, ParetoFront.Rule.DEFAULT);

    assertThat(shuffled.front()).containsExactlyInAnyOrderElementsOf(random(seed).front());
    assertThat(shuffled.chosen()).isEqualTo(random(seed).chosen());
  }

  @ParameterizedTest
  @FieldSource("seeds")
  void aDominatedRoundMovesNothingButPatience(int seed) {
    var before = random(seed);
    var best = before.chosen().orElseThrow();
    var after =
        before.with(
            new CheckpointScore(
                9999, best.identity(), best.promptAlignment() - 0.01, best.memorisation()));

    assertThat(after.front()).isEqualTo(before.front());
    assertThat(after.roundsWithoutMove()).isEqualTo(before.roundsWithoutMove() + 1);
  }

  private static ParetoFront random(int seed) {
    var random = new Random(seed);
    var front = ParetoFront.empty();
    for (int i = 1; i <= 3 + seed % 20; i++) {
      front =
          front.with(
              new CheckpointScore(
                  100 * i, random.nextDouble(), random.nextDouble(), random.nextDouble()));
    }
    return front;
  }

  private static ParetoFront front(CheckpointScore... scores) {
    return new ParetoFront(List.of(scores), ParetoFront.Rule.DEFAULT);
  }
}
