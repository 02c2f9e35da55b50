package dev.atelier.runtime.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who takes which samples of a step. */
class ShareTest {

  @ParameterizedTest
  @CsvSource({"1, 3, 2", "2, 2, 1", "2, 1, 2", "4, 2, 2", "6, 4, 3", "4, 6, 2", "3, 6, 5"})
  void everySampleIsTakenOnceAndAllTakeAsMany(int ranks, int passes, int batch) {
    var taken = new ArrayList<List<Integer>>();
    for (int rank = 0; rank < ranks; rank++) {
      taken.add(samples(Share.of(rank, ranks, passes, batch), passes, batch));
    }

    assertThat(taken).allSatisfy(own -> assertThat(own).hasSize(passes * batch / ranks));
    assertThat(taken.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, passes * batch).boxed().toList());
  }

  @Test
  void whatCannotBeSharedEquallyIsRefused() {
    assertThat(Share.fits(4, 3, 2)).isFalse();
    assertThatThrownBy(() -> Share.of(0, 4, 3, 2))
        .hasMessage("3 passes of 2 samples cannot be shared equally by 4 ranks");
  }

  private static List<Integer> samples(Share share, int passes, int batch) {
    var samples = new ArrayList<Integer>();
    int size = batch / share.parts();
    for (int own = 0; own < passes / share.passes(); own++) {
      int first = share.pass(own) * batch + share.part() * size;
      IntStream.range(first, first + size).forEach(samples::add);
    }
    return samples;
  }
}
