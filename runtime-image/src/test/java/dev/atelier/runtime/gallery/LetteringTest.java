package dev.atelier.runtime.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class LetteringTest {

  private final Lettering lettering = Lettering.REGULAR;

  @Test
  void aLineHasTheWidthAndTheInkOfItsLetters() {
    assertThat(lettering.width("Hi", 20))
        .isCloseTo(lettering.width("H", 20) + lettering.width("i", 20), offset(1e-9));
    var ink = lettering.line("Hi", 100, 50, 20).getBounds2D();
    assertThat(ink.getMinX()).isBetween(100.0, 104.0);
    assertThat(ink.getMaxY()).isCloseTo(50, offset(0.5));
    assertThat(ink.getHeight()).isBetween(12.0, 18.0);
  }

  @Test
  void namesOfManyLanguagesAreWrittenAndOthersAreBoxesOfTheSameNumber() {
    assertThat(lettering.line("Ánà Žižek Ελένη Жанна", 0, 0, 20).getBounds2D().getWidth())
        .isGreaterThan(150);
    assertThat(lettering.width("写真", 20)).isCloseTo(2 * lettering.width("□", 20), offset(1e-9));
  }

  @Test
  void aLongTextIsWrappedAtWordsAndItsEndIsCutWithAnEllipsis() {
    var lines = lettering.wrapped("hold still and focus on the face please, really", 13, 100, 2);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).isEqualTo("hold still and");
    assertThat(lines.get(1)).startsWith("focus on").endsWith("…");
    assertThat(lines)
        .allSatisfy(line -> assertThat(lettering.width(line, 13)).isLessThanOrEqualTo(100));
  }

  @Test
  void aWordLongerThanTheLineIsBroken() {
    var lines = lettering.wrapped("IMG_2020_a_very_long_file_name.jpg", 13, 80, 9);

    assertThat(String.join("", lines)).isEqualTo("IMG_2020_a_very_long_file_name.jpg");
    assertThat(lines).hasSizeGreaterThan(2);
  }
}
