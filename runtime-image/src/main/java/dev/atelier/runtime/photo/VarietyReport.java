package dev.atelier.runtime.photo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How different the accepted photos of a set are, and what to add. A model learns what all its
 * photos share: one place becomes a part of the person.
 *
 * @param photos accepted ones
 * @param front heads turned by less than 15 degrees
 * @param left heads turned to the viewer's left
 * @param right heads turned to the viewer's right
 * @param places surroundings that differ in colour
 * @param darkest brightness of the darkest face, 0..255
 * @param brightest brightness of the brightest face, 0..255
 * @param closest share of the photo's height that the largest face takes
 * @param farthest the same of the smallest face
 * @param advice what to add, the most useful first
 */
public record VarietyReport(
    int photos,
    int front,
    int left,
    int right,
    int places,
    double darkest,
    double brightest,
    double closest,
    double farthest,
    List<String> advice) {
  /** Fewer photos are learned by heart. */
  private static final int ENOUGH = 10;

  /** Below this, advice on variety would only repeat that there are too few. */
  private static final int SET = 3;

  private static final double TURNED_DEGREES = 15;
  private static final double OTHER_PLACE = 30;
  private static final double OTHER_LIGHT = 25;
  private static final int ENOUGH_PLACES = 3;
  private static final double CLOSER = 1.5;

  /** Of the accepted photos of a report. */
  public static VarietyReport of(PhotoReport report) {
    var faces =
        report.accepted().stream()
            .map(photo -> photo.measurements().face())
            .flatMap(Optional::stream)
            .toList();
    var counted =
        new VarietyReport(
            faces.size(),
            count(faces, face -> Math.abs(face.yawDegrees()) < TURNED_DEGREES),
            count(faces, face -> face.yawDegrees() <= -TURNED_DEGREES),
            count(faces, face -> face.yawDegrees() >= TURNED_DEGREES),
            places(faces),
            least(faces, FaceMeasurements::meanLuma),
            most(faces, FaceMeasurements::meanLuma),
            most(faces, FaceMeasurements::share),
            least(faces, FaceMeasurements::share),
            List.of());
    return counted.with(counted.advised());
  }

  /** One line for a terminal. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d usable: %d from the front, %d turned left, %d turned right; %d %s; light %.0f to %.0f",
        photos,
        front,
        left,
        right,
        places,
        places == 1 ? "place" : "places",
        darkest,
        brightest);
  }

  /** The most useful advice after a sentence about the set, empty where the set lacks nothing. */
  public String firstAdvice() {
    return switch (advice.size()) {
      case 0 -> "";
      case 1 -> "; " + advice.get(0);
      default -> "; %s (and %d more)".formatted(advice.get(0), advice.size() - 1);
    };
  }

  private List<String> advised() {
    var advised = new ArrayList<String>();
    if (photos < ENOUGH) {
      advised.add(
          "add %d more photos: %d are usable, %d or more work best"
              .formatted(ENOUGH - photos, photos, ENOUGH));
    }
    if (photos < SET) {
      return advised;
    }
    if (front == 0) {
      advised.add("add a photo from the front");
    }
    if (left == 0) {
      advised.add("add a photo from the left: the head turned a little to the viewer's left");
    }
    if (right == 0) {
      advised.add("add a photo from the right: the head turned a little to the viewer's right");
    }
    if (places < ENOUGH_PLACES) {
      advised.add("add photos from other places: the backgrounds look alike");
    }
    if (brightest - darkest < OTHER_LIGHT) {
      advised.add("add a photo in other light, outdoors or at a window: all faces are lit alike");
    }
    if (closest < CLOSER * farthest) {
      advised.add("add a close-up or one from farther away: all faces are of about one size");
    }
    return advised;
  }

  private VarietyReport with(List<String> newAdvice) {
    return new VarietyReport(
        photos,
        front,
        left,
        right,
        places,
        darkest,
        brightest,
        closest,
        farthest,
        List.copyOf(newAdvice));
  }

  private static int count(List<FaceMeasurements> faces, Predicate<FaceMeasurements> which) {
    return (int) faces.stream().filter(which).count();
  }

  private static double least(
      List<FaceMeasurements> faces, ToDoubleFunction<FaceMeasurements> value) {
    return faces.stream().mapToDouble(value).min().orElse(0);
  }

  private static double most(
      List<FaceMeasurements> faces, ToDoubleFunction<FaceMeasurements> value) {
    return faces.stream().mapToDouble(value).max().orElse(0);
  }

  /** Each photo far enough from the ones counted before is another place. */
  private static int places(List<FaceMeasurements> faces) {
    var places = new ArrayList<Surroundings>();
    for (var face : faces) {
      var here = face.surroundings();
      if (places.stream().noneMatch(place -> place.distance(here) < OTHER_PLACE)) {
        places.add(here);
      }
    }
    return places.size();
  }
}
