package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VarietyReportTest {

  @Test
  void aSetOfOneKindIsToldAllThatItLacks() {
    var photos = new ArrayList<JudgedPhoto>();
    for (int i = 0; i < 10; i++) {
      photos.add(photo(2, 120 + i, 0.3, new Surroundings(100, 0, 0)));
    }

    var report = VarietyReport.of(new PhotoReport(photos));

    assertThat(report.summary())
        .isEqualTo(
            "10 usable: 10 from the front, 0 turned left, 0 turned right; 1 place; light 120 to 129");
    assertThat(report.advice())
        .containsExactly(
            "add a photo from the left: the head turned a little to the viewer's left",
            "add a photo from the right: the head turned a little to the viewer's right",
            "add photos from other places: the backgrounds look alike",
            "add a photo in other light, outdoors or at a window: all faces are lit alike",
            "add a close-up or one from farther away: all faces are of about one size");
  }

  @Test
  void aVariedSetNeedsNothing() {
    var photos = new ArrayList<JudgedPhoto>();
    for (int i = 0; i < 12; i++) {
      photos.add(
          photo(20 * (i % 3 - 1), 90 + 5 * i, 0.2 + 0.02 * i, new Surroundings(20 * i, 0, 0)));
    }

    var report = VarietyReport.of(new PhotoReport(photos));

    assertThat(report.advice()).isEmpty();
    assertThat(report.firstAdvice()).isEmpty();
    assertThat(List.of(report.left(), report.front(), report.right())).containsExactly(4, 4, 4);
  }

  @Test
  void twoPhotosAreFirstOfAllTooFew() {
    var two =
        List.of(
            photo(0, 100, 0.3, new Surroundings(50, 0, 0)),
            photo(0, 100, 0.3, new Surroundings(50, 0, 0)));

    var report = VarietyReport.of(new PhotoReport(two));

    assertThat(report.advice())
        .containsExactly("add 8 more photos: 2 are usable, 10 or more work best");
    assertThat(report.firstAdvice())
        .isEqualTo("; add 8 more photos: 2 are usable, 10 or more work best");
  }

  private static JudgedPhoto photo(
      double yaw, double luma, double share, Surroundings surroundings) {
    var face =
        new FaceMeasurements(
            300, 200, luma, 200, 0, yaw, 0, share, new FaceCover(1, 1, 1, 1), surroundings);
    var seen =
        new Measurements(
            1000, 1000, 1, Optional.of(face), OptionalDouble.of(0), OptionalDouble.empty());
    return new JudgedPhoto(
        "photo.jpg",
        Path.of("photo.jpg"),
        Finding.ACCEPTED,
        seen,
        Optional.empty(),
        Optional.empty());
  }
}
