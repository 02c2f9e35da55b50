package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BestPhotosTest {

  private final PhotoReport report =
      new PhotoReport(
          List.of(
              photo("blurry", 70, 300, 0.30),
              photo("far", 400, 130, 0.25),
              photo("good", 350, 280, 0.21),
              photo("best", 500, 320, 0.15),
              rejected("stranger")));

  @Test
  void whatIsSharpLargeAndLikeTheRestStays() {
    assertThat(BestPhotos.of(report, 2))
        .extracting(JudgedPhoto::name)
        .containsExactly("good", "best");
  }

  @Test
  void nothingIsDroppedWhereAllFit() {
    assertThat(BestPhotos.of(report, 4))
        .extracting(JudgedPhoto::name)
        .containsExactly("blurry", "far", "good", "best");
  }

  private static JudgedPhoto photo(String name, double sharpness, double pixels, double distance) {
    return new JudgedPhoto(
        name,
        Path.of(name),
        Finding.ACCEPTED,
        new Measurements(
            1000,
            1000,
            1,
            Optional.of(
                new FaceMeasurements(
                    pixels,
                    sharpness,
                    120,
                    200,
                    0,
                    0,
                    0,
                    0.3,
                    new FaceCover(1, 1, 1, 1),
                    new Surroundings(100, 0, 0))),
            OptionalDouble.of(0),
            OptionalDouble.of(distance)),
        Optional.empty(),
        Optional.empty());
  }

  private static JudgedPhoto rejected(String name) {
    return photo(name, 900, 900, 0.1).with(new Finding(Verdict.DifferentPerson, "somebody else"));
  }
}
