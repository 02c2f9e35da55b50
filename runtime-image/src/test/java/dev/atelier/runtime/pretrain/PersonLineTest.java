package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PersonLineTest {

  @Test
  void theLineIsWhereTheAskedShareOfOtherPeoplePasses() {
    var random = new Random(5);
    var others = IntStream.range(0, 1_000).mapToObj(i -> somebody(random, 0)).toList();
    var photos = IntStream.range(0, 12).mapToObj(i -> somebody(random, 0.5)).toList();

    var line = PersonLine.of(photos, others);

    assertThat(others.stream().filter(line::shows)).hasSize(10);
  }

  @Test
  void thePersonIsTheMiddleOfTheirPhotos() {
    var line =
        PersonLine.of(List.of(new float[] {0, 2}, new float[] {4, 2}), List.of(new float[] {2, 5}));

    assertThat(line.middle()).containsExactly(2, 2);
    assertThat(line.line()).isEqualTo(3);
    assertThat(line.shows(new float[] {2, 4})).isTrue();
    assertThat(line.shows(new float[] {2, -1})).as("as near as the other person").isFalse();
  }

  private static float[] somebody(Random random, double around) {
    return new float[] {
      (float) (around + random.nextGaussian()), (float) (around + random.nextGaussian())
    };
  }
}
