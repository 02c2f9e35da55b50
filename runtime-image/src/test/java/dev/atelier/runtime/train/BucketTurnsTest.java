package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BucketTurnsTest {

  private static final List<Integer> SIZES = List.of(5, 1, 3);

  @Test
  void aSingleBucketHasEveryTurn() {
    var turns = new BucketTurns(List.of(7), 42);

    for (long pass = 0; pass < 30; pass++) {
      assertThat(turns.at(pass)).isEqualTo(new BucketTurns.Turn(0, pass));
    }
  }

  @Test
  void aBucketHasATurnForEachOfItsPicturesAndCountsThemThroughTheEpochs() {
    var turns = new BucketTurns(SIZES, 42);
    var had = new long[SIZES.size()];

    for (long pass = 0; pass < 90; pass++) {
      var turn = turns.at(pass);
      assertThat(turn.count()).isEqualTo(had[turn.bucket()]++);
    }

    assertThat(had).containsExactly(50, 10, 30);
  }

  @Test
  void theOrderDependsOnTheSeed() {
    var one = new BucketTurns(SIZES, 1);
    var other = new BucketTurns(SIZES, 2);

    assertThat(List.of(one.at(0), one.at(1), one.at(2), one.at(3), one.at(4), one.at(5)))
        .isNotEqualTo(
            List.of(other.at(0), other.at(1), other.at(2), other.at(3), other.at(4), other.at(5)));
  }
}
