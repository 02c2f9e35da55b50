package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutTest {

  @ParameterizedTest
  @CsvSource({"1, 0", "5, 0", "6, 1", "11, 1", "12, 2", "20, 3"})
  void oneInSixIsHeldBackWhereThereAreSixToShare(int photos, int kept) {
    var split = HeldOut.of(photos(photos));

    assertThat(split.kept()).hasSize(kept).doesNotHaveDuplicates();
    assertThat(split.learned()).hasSize(photos - kept).noneMatch(split.kept()::contains);
    assertThat(split).isEqualTo(HeldOut.of(photos(photos)));
  }

  @Test
  void thoseHeldBackComeFromAllOverTheList() {
    assertThat(HeldOut.of(photos(18)).kept())
        .extracting(TrainingPhoto::name)
        .containsExactly("p3", "p9", "p15");
  }

  @Test
  void withNothingHeldBackThePhotosThemselvesJudge() {
    var few = HeldOut.of(photos(3));

    assertThat(few.judging()).isEqualTo(few.learned());
  }

  private static List<TrainingPhoto> photos(int count) {
    var picture = new RgbImage(1, 1, new float[3]);
    return IntStream.range(0, count)
        .mapToObj(i -> new TrainingPhoto("p" + i, picture, "photo"))
        .toList();
  }
}
