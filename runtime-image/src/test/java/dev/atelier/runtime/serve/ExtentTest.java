package dev.atelier.runtime.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a file of 15 bytes, as RFC 9110 counts them. */
class ExtentTest {

  private static final int LENGTH = 15;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-1,     0,  1",
    "bytes=0-,      0, 14",
    "bytes=9-,      9, 14",
    "bytes=14-14,  14, 14",
    "bytes=9-100,   9, 14",
    "bytes=-5,     10, 14",
    "bytes=-15,     0, 14",
    "bytes=-1000,   0, 14",
    "BYTES=2-3,     2,  3",
    "bytes=2-999999999999999999, 2, 14"
  })
  void aPart(String range, int first, int last) {
    assertThat(Extent.asked(range, LENGTH)).isEqualTo(new Extent.Part(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-1,4-5",
        "bytes=a-b",
        "bytes=--1",
        "lines=0-1",
        "bytes=99999999999999999999-"
      })
  void theWholeWhereItIsNoRangeOrSeveral(String range) {
    assertThat(Extent.asked(range, LENGTH)).isEqualTo(new Extent.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=15-", "bytes=15-20", "bytes=-0", "bytes=999999999999999999-"})
  void nothingBeyondTheEnd(String range) {
    assertThat(Extent.asked(range, LENGTH)).isEqualTo(new Extent.Beyond());
  }

  @Test
  void nothingOfAnEmptyFile() {
    assertThat(Extent.asked("bytes=0-", 0)).isEqualTo(new Extent.Beyond());
    assertThat(Extent.asked("bytes=-1", 0)).isEqualTo(new Extent.Beyond());
  }

  @Test
  void aPartIsAlwaysWithinTheFile() {
    var random = new Random(7);
    for (int round = 0; round < 10_000; round++) {
      int length = random.nextInt(50);
      var range = "bytes=%d-%d".formatted(random.nextInt(60), random.nextInt(60));
      if (Extent.asked(range, length) instanceof Extent.Part part) {
        assertThat(part.first()).as(range).isBetween(0, part.last());
        assertThat(part.last()).as(range).isLessThan(length);
      }
    }
  }
}
