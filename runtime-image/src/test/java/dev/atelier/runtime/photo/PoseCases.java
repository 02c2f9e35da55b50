package dev.atelier.runtime.photo;

import static dev.atelier.runtime.photo.FileCases.shipped;
import static dev.atelier.runtime.photo.PhotoCase.of;
import static dev.atelier.runtime.photo.PhotoCase.photo;
import static dev.atelier.runtime.photo.PhotoCase.png;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.FaceDetector;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.stream.Stream;

/** Heads that are turned or lean. */
record PoseCases(FaceDetector detector) {
  private static final String FIRST = "obama.jpg";
  private static final String SECOND = "obama2.jpg";
  private static final String OTHER = "biden.jpg";
  private static final String SMALL = "astronaut.png";

  /** Of the half of the face that is turned away hardly more than the eye's edge is seen. */
  private static final double FAR = 0.2;

  /** Both eyes are seen whole. */
  private static final double THREE_QUARTERS = 0.7;

  Stream<PhotoCase> all() {
    return Stream.of(
        of(Verdict.ExtremePose, "turned far away", () -> png(away(FIRST, FAR))),
        of(
            Verdict.ExtremePose,
            "turned far to the other side",
            () -> png(Darkroom.mirrored(away(FIRST, FAR)))),
        of(Verdict.ExtremePose, "another day, turned far away", () -> png(away(SECOND, FAR))),
        of(
            Verdict.ExtremePose,
            "another day, turned far to the other side",
            () -> png(Darkroom.mirrored(away(SECOND, FAR)))),
        of(Verdict.ExtremePose, "a woman turned far away", () -> png(away(SMALL, FAR))),
        of(
            Verdict.ExtremePose,
            "a woman turned far to the other side",
            () -> png(Darkroom.mirrored(away(SMALL, FAR)))),
        of(Verdict.Accepted, "three quarters", () -> png(away(FIRST, THREE_QUARTERS))),
        of(
            Verdict.Accepted,
            "three quarters to the other side",
            () -> png(Darkroom.mirrored(away(FIRST, THREE_QUARTERS)))),
        of(Verdict.Accepted, "a woman, three quarters", () -> png(away(SMALL, THREE_QUARTERS))),
        of(
            Verdict.Accepted,
            "a woman, three quarters to the other side",
            () -> png(Darkroom.mirrored(away(SMALL, THREE_QUARTERS)))),
        of(
            Verdict.ExtremePose,
            "the camera held askew",
            () -> png(Darkroom.leaning(photo(OTHER), 40))),
        of(
            Verdict.ExtremePose,
            "leaning to the other side",
            () -> png(Darkroom.leaning(photo(FIRST), -40))),
        of(
            Verdict.Accepted,
            "the head leans as in many portraits",
            () -> png(Darkroom.leaning(photo(FIRST), 18))),
        of(Verdict.ExtremePose, "more than the user allows", () -> shipped(SECOND))
            .judgedBy(PhotoCase.Judge.STRICT_POSE));
  }

  private BufferedImage away(String name, double squeeze) throws IOException {
    var image = name.equals(SMALL) ? Darkroom.resized(photo(name), 1024) : photo(name);
    return Darkroom.turnedAway(image, detector.detect(RgbImage.of(image)).get(0), squeeze);
  }
}
