package dev.atelier.runtime.photo;

import static dev.atelier.runtime.photo.FileCases.shipped;
import static dev.atelier.runtime.photo.PhotoCase.of;
import static dev.atelier.runtime.photo.PhotoCase.photo;
import static dev.atelier.runtime.photo.PhotoCase.png;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;
import dev.atelier.runtime.perception.FaceDetector;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;

/** The photo test set: shipped public-domain portraits and what is done to them. */
final class PhotoCases {
  private static final String FIRST = "obama.jpg";
  private static final String SECOND = "obama2.jpg";
  private static final String OTHER = "biden.jpg";
  private static final String SMALL = "astronaut.png";

  private final FaceDetector detector;

  PhotoCases(FaceDetector detector) {
    this.detector = detector;
  }

  List<PhotoCase> all() {
    return Stream.of(
            accepted(),
            FileCases.all(),
            noFace(),
            severalFaces(),
            tooSmall(),
            blurred(),
            light(),
            new PoseCases(detector).all(),
            covered(),
            ofTheSet(),
            unsafe())
        .flatMap(cases -> cases)
        .toList();
  }

  private static Stream<PhotoCase> accepted() {
    return Stream.of(
        of(Verdict.Accepted, "a portrait", () -> shipped(FIRST)),
        of(Verdict.Accepted, "the same person turned a little", () -> shipped(SECOND)),
        of(Verdict.Accepted, "an older man", () -> shipped(OTHER)),
        of(
            Verdict.Accepted,
            "a woman in a space suit, large enough",
            () -> png(Darkroom.resized(photo(SMALL), 1024))),
        of(Verdict.Accepted, "black and white", () -> png(Darkroom.gray(photo(FIRST)))),
        of(Verdict.Accepted, "mirrored", () -> png(Darkroom.mirrored(photo(FIRST)))),
        of(
            Verdict.Accepted,
            "head and shoulders only",
            () -> png(Darkroom.cropped(photo(FIRST), 0.15, 0, 0.85, 0.7))),
        of(
            Verdict.Accepted,
            "a little too bright",
            () -> png(Darkroom.exposed(photo(FIRST), 1.15, 10))),
        of(
            Verdict.Accepted,
            "a little too dark",
            () -> png(Darkroom.exposed(photo(FIRST), 0.6, 0))),
        of(Verdict.Accepted, "some noise", () -> png(Darkroom.noisy(photo(OTHER), 8))),
        of(Verdict.Accepted, "strong compression", () -> JpegFiles.plain(photo(FIRST), 0.35f)),
        of(
            Verdict.Accepted,
            "somebody far behind",
            () ->
                png(
                    Darkroom.onto(
                        Darkroom.beside(photo(FIRST), Darkroom.landscape(500, 1137)),
                        Darkroom.resized(photo(OTHER), 180),
                        1100,
                        300))));
  }

  private static Stream<PhotoCase> noFace() {
    return Stream.of(
        of(Verdict.NoFace, "a landscape", () -> png(Darkroom.landscape(1200, 800))),
        of(
            Verdict.NoFace,
            "one colour",
            () -> png(Darkroom.canvas(800, 800, new Color(190, 150, 130)))),
        of(
            Verdict.NoFace,
            "noise",
            () -> png(Darkroom.noisy(Darkroom.canvas(600, 600, Color.GRAY), 60))),
        of(
            Verdict.NoFace,
            "the suit without the head",
            () -> png(Darkroom.cropped(photo(FIRST), 0, 0.7, 1, 1))),
        of(
            Verdict.NoFace,
            "turned by a quarter without EXIF",
            () -> png(Darkroom.turned(photo(OTHER), 1))),
        of(
            Verdict.NoFace,
            "a head cut at the nose",
            () -> png(Darkroom.cropped(photo(FIRST), 0, 0, 1, 0.2))));
  }

  private static Stream<PhotoCase> severalFaces() {
    return Stream.of(
        of(
            Verdict.SeveralFaces,
            "two people",
            () -> png(Darkroom.beside(photo(FIRST), photo(OTHER)))),
        of(
            Verdict.SeveralFaces,
            "one person twice",
            () -> png(Darkroom.beside(photo(FIRST), photo(SECOND)))),
        of(
            Verdict.SeveralFaces,
            "three people",
            () ->
                png(
                    Darkroom.beside(
                        Darkroom.beside(photo(FIRST), photo(OTHER)),
                        Darkroom.resized(photo(SMALL), 1000)))),
        of(
            Verdict.SeveralFaces,
            "the second half as large",
            () ->
                png(
                    Darkroom.onto(
                        Darkroom.beside(photo(FIRST), Darkroom.landscape(700, 1137)),
                        Darkroom.resized(photo(OTHER), 550),
                        1000,
                        250))));
  }

  private static Stream<PhotoCase> tooSmall() {
    return Stream.of(
        of(Verdict.FaceTooSmall, "a thumbnail", () -> png(Darkroom.resized(photo(FIRST), 300))),
        of(Verdict.FaceTooSmall, "an upper body at 512 pixels", () -> shipped(SMALL)),
        of(
            Verdict.FaceTooSmall,
            "far away in a large photo",
            () -> png(Darkroom.farAway(photo(FIRST), 240, 2000))),
        of(
            Verdict.FaceTooSmall,
            "far away in a 12 megapixel photo",
            () -> JpegFiles.plain(Darkroom.farAway(photo(OTHER), 280, 4000), 0.9f)));
  }

  private static Stream<PhotoCase> blurred() {
    return Stream.of(
        of(Verdict.Blurred, "out of focus", () -> png(Darkroom.blurred(photo(FIRST), 10))),
        of(Verdict.Blurred, "another out of focus", () -> png(Darkroom.blurred(photo(OTHER), 10))),
        of(
            Verdict.Blurred,
            "a thumbnail made large",
            () -> png(Darkroom.resized(Darkroom.resized(photo(FIRST), 80), 900))),
        of(Verdict.Blurred, "the camera moved", () -> png(Darkroom.shaken(photo(OTHER), 60))),
        of(
            Verdict.Blurred,
            "out of focus at 12 megapixels",
            () ->
                JpegFiles.plain(
                    Darkroom.resized(Darkroom.blurred(photo(SECOND), 12), 3000), 0.9f)));
  }

  private static Stream<PhotoCase> light() {
    return Stream.of(
        of(Verdict.TooDark, "a dark room", () -> png(Darkroom.exposed(photo(FIRST), 0.2, 0))),
        of(Verdict.TooDark, "at night", () -> png(Darkroom.exposed(photo(OTHER), 0.25, 0))),
        of(
            Verdict.TooDark,
            "at night, with noise",
            () -> png(Darkroom.noisy(Darkroom.exposed(photo(SECOND), 0.2, 0), 3))),
        of(
            Verdict.TooDark,
            "dark and out of focus: said to be dark",
            () -> png(Darkroom.exposed(Darkroom.blurred(photo(FIRST), 6), 0.22, 0))),
        of(Verdict.TooBright, "flash", () -> png(Darkroom.exposed(photo(OTHER), 3.2, 0))),
        of(Verdict.TooBright, "direct sun", () -> png(Darkroom.exposed(photo(FIRST), 2.0, 20))),
        of(
            Verdict.TooBright,
            "behind a white veil",
            () -> png(Darkroom.exposed(photo(SECOND), 0.5, 150))),
        of(
            Verdict.TooBright,
            "snow in the sun",
            () -> png(Darkroom.exposed(Darkroom.resized(photo(SMALL), 1024), 1.4, 40))));
  }

  private Stream<PhotoCase> covered() {
    return Stream.of(
            Stream.of(
                    Covers.SUNGLASSES,
                    Covers.BROWN_SUNGLASSES,
                    Covers.SURGICAL_MASK,
                    Covers.BLACK_MASK,
                    Covers.RED_SCARF,
                    Covers.BAR_OVER_THE_EYES,
                    Covers.HAND_OVER_THE_MOUTH)
                .map(cover -> covered(FIRST, cover)),
            Stream.of(Covers.SUNGLASSES, Covers.WHITE_MASK, Covers.HAND_OVER_THE_MOUTH)
                .map(cover -> covered(SECOND, cover)),
            Stream.of(Covers.BROWN_SUNGLASSES, Covers.SURGICAL_MASK, Covers.BLACK_MASK)
                .map(cover -> covered(OTHER, cover)))
        .flatMap(cases -> cases);
  }

  private PhotoCase covered(String name, Covers cover) {
    return of(
        Verdict.Occluded,
        cover.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " on " + name,
        () -> png(cover.on(photo(name), face(photo(name)))));
  }

  private static Stream<PhotoCase> ofTheSet() {
    return Stream.of(
        of(
                Verdict.NearDuplicate,
                "the same at another size",
                () -> png(Darkroom.resized(photo(FIRST), 600)))
            .beside(FIRST, SECOND),
        of(
                Verdict.NearDuplicate,
                "compressed again and brightened",
                () ->
                    JpegFiles.plain(
                        Darkroom.resized(Darkroom.exposed(photo(FIRST), 1.1, 0), 700), 0.5f))
            .beside(FIRST, SECOND),
        of(
                Verdict.NearDuplicate,
                "a copy in black and white",
                () -> png(Darkroom.gray(Darkroom.resized(photo(SECOND), 500))))
            .beside(FIRST, SECOND),
        of(Verdict.DifferentPerson, "somebody else", () -> shipped(OTHER)).beside(FIRST, SECOND),
        of(
                Verdict.DifferentPerson,
                "a woman among photos of a man",
                () -> png(Darkroom.resized(photo(SMALL), 1024)))
            .beside(FIRST, SECOND),
        of(
                Verdict.DifferentPerson,
                "somebody else, mirrored and in black and white",
                () -> png(Darkroom.gray(Darkroom.mirrored(photo(OTHER)))))
            .beside(FIRST, SECOND),
        of(Verdict.Accepted, "the same person another day", () -> shipped(SECOND)).beside(FIRST),
        of(
                Verdict.Accepted,
                "mirrored is another picture",
                () -> png(Darkroom.mirrored(photo(SECOND))))
            .beside(FIRST, SECOND));
  }

  private static Stream<PhotoCase> unsafe() {
    return Stream.of(
        of(Verdict.Unsafe, "nude by the model", () -> shipped(FIRST))
            .judgedBy(PhotoCase.Judge.NUDE),
        of(Verdict.Unsafe, "nude, nobody's face", () -> png(Darkroom.landscape(600, 400)))
            .judgedBy(PhotoCase.Judge.NUDE),
        of(
                Verdict.Unsafe,
                "nude and two people",
                () -> png(Darkroom.beside(photo(FIRST), photo(OTHER))))
            .judgedBy(PhotoCase.Judge.NUDE));
  }

  private Face face(BufferedImage image) {
    return detector.detect(RgbImage.of(image)).get(0);
  }
}
