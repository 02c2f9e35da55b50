package dev.atelier.runtime.photo;

import static dev.atelier.runtime.photo.PhotoCase.encoded;
import static dev.atelier.runtime.photo.PhotoCase.of;
import static dev.atelier.runtime.photo.PhotoCase.photo;
import static dev.atelier.runtime.photo.PhotoCase.png;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;
import dev.atelier.runtime.perception.FaceDetector;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;

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
            acceptedFiles(),
            noFace(),
            severalFaces(),
            tooSmall(),
            blurred(),
            light(),
            pose(),
            covered(),
            ofTheSet(),
            unreadable(),
            tooLarge(),
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

  private static Stream<PhotoCase> acceptedFiles() {
    return Stream.of(
        of(Verdict.Accepted, "progressive JPEG", () -> JpegFiles.progressive(photo(FIRST))),
        of(Verdict.Accepted, "CMYK JPEG", () -> JpegFiles.cmyk(photo(FIRST))),
        of(Verdict.Accepted, "stored turned left", () -> turnedByExif(3, 6)),
        of(Verdict.Accepted, "stored turned right", () -> turnedByExif(1, 8)),
        of(Verdict.Accepted, "stored upside down", () -> turnedByExif(2, 3)),
        of(
            Verdict.Accepted,
            "orientation that does not exist",
            () -> JpegFiles.withOrientation(JpegFiles.plain(photo(FIRST), 0.9f), 42)),
        of(
                Verdict.Accepted,
                "WebP",
                () -> Files.readAllBytes(SamplePhotos.resource("codecs/obama.webp")))
            .judgedBy(PhotoCase.Judge.SMALL_FACES),
        of(Verdict.Accepted, "PNG with a transparent border", () -> png(transparent(photo(FIRST)))),
        of(Verdict.Accepted, "50 megapixels", () -> fiftyMegapixels(photo(FIRST))));
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

  private Stream<PhotoCase> pose() {
    return Stream.of(
        of(Verdict.ExtremePose, "turned far away", () -> png(away(FIRST)))
            .judgedBy(PhotoCase.Judge.MODERATE_POSE),
        of(Verdict.ExtremePose, "another day, turned far away", () -> png(away(SECOND)))
            .judgedBy(PhotoCase.Judge.MODERATE_POSE),
        of(Verdict.ExtremePose, "a woman turned far away", () -> png(away(SMALL)))
            .judgedBy(PhotoCase.Judge.MODERATE_POSE),
        of(
                Verdict.ExtremePose,
                "turned to the other side",
                () -> png(Darkroom.mirrored(away(FIRST))))
            .judgedBy(PhotoCase.Judge.MODERATE_POSE),
        of(Verdict.ExtremePose, "more than the user allows", () -> shipped(SECOND))
            .judgedBy(PhotoCase.Judge.STRICT_POSE));
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

  private static Stream<PhotoCase> unreadable() {
    return Stream.of(
        of(Verdict.Unreadable, "an empty file", () -> new byte[0]),
        of(Verdict.Unreadable, "a text", () -> ascii("these are my photos")),
        of(Verdict.Unreadable, "a JPEG cut in half", () -> cut(shipped(FIRST), 0.5)),
        of(Verdict.Unreadable, "a PNG cut in half", () -> cut(shipped(SMALL), 0.5)),
        of(Verdict.Unreadable, "a JPEG's first bytes", () -> cut(shipped(FIRST), 0.001)),
        of(Verdict.Unreadable, "zeros in the middle of a PNG", () -> zeroed(shipped(SMALL))),
        of(
            Verdict.Unreadable,
            "an animated WebP",
            () -> Files.readAllBytes(SamplePhotos.resource("codecs/animated.webp"))),
        of(Verdict.Unreadable, "a GIF", () -> encoded(photo(FIRST), "gif")),
        of(Verdict.Unreadable, "an animated GIF", () -> AnimatedGif.of(photo(FIRST))),
        of(Verdict.Unreadable, "HEIC", () -> ascii("\0\0\0\30ftypheic\0\0\0\0mif1heic")),
        of(Verdict.Unreadable, "AVIF", () -> ascii("\0\0\0\34ftypavif\0\0\0\0avifmif1")),
        of(Verdict.Unreadable, "a PDF", () -> ascii("%PDF-1.7\n1 0 obj")),
        of(Verdict.Unreadable, "a BMP", () -> encoded(photo(FIRST), "bmp")),
        of(Verdict.Unreadable, "a TIFF", () -> encoded(photo(FIRST), "tiff")),
        of(Verdict.Unreadable, "random bytes", PhotoCases::randomBytes));
  }

  private static Stream<PhotoCase> tooLarge() {
    return Stream.of(
        of(Verdict.TooLarge, "81 megapixels", () -> pngHeader(9000, 9000)),
        of(Verdict.TooLarge, "a panorama of 100 megapixels", () -> pngHeader(25_000, 4000)),
        of(Verdict.TooLarge, "a file of 60 MB", () -> Arrays.copyOf(shipped(FIRST), 60_000_000)));
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

  private BufferedImage away(String name) throws IOException {
    var image = name.equals(SMALL) ? Darkroom.resized(photo(name), 1024) : photo(name);
    return Darkroom.turnedAway(image, face(image), 0.2);
  }

  private Face face(BufferedImage image) {
    return detector.detect(RgbImage.of(image)).get(0);
  }

  private static byte[] shipped(String name) throws IOException {
    return Files.readAllBytes(SamplePhotos.resource("photos/" + name));
  }

  private static byte[] turnedByExif(int quarters, int orientation) throws IOException {
    return JpegFiles.withOrientation(
        JpegFiles.plain(Darkroom.turned(photo(FIRST), quarters), 0.9f), orientation);
  }

  private static BufferedImage transparent(BufferedImage image) {
    var framed =
        new BufferedImage(
            image.getWidth() + 200, image.getHeight() + 200, BufferedImage.TYPE_INT_ARGB);
    return Darkroom.onto(framed, image, 100, 100);
  }

  private static byte[] fiftyMegapixels(BufferedImage image) throws IOException {
    var large = Darkroom.canvas(6328, 7907, Color.GRAY);
    var canvas = large.createGraphics();
    canvas.setRenderingHint(
        java.awt.RenderingHints.KEY_INTERPOLATION,
        java.awt.RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.drawImage(image, 0, 0, large.getWidth(), large.getHeight(), null);
    canvas.dispose();
    return JpegFiles.plain(large, 0.8f);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] cut(byte[] whole, double share) {
    return Arrays.copyOf(whole, (int) (whole.length * share));
  }

  private static byte[] zeroed(byte[] whole) {
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 4000, (byte) 0);
    return damaged;
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[20_000];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  /** A PNG that says how large it is and holds nothing more. */
  private static byte[] pngHeader(int width, int height) {
    var bytes = ByteBuffer.allocate(33);
    bytes.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    bytes.putInt(13).put(ascii("IHDR")).putInt(width).putInt(height);
    bytes.put(new byte[] {8, 2, 0, 0, 0});
    var crc = new CRC32();
    crc.update(bytes.array(), 12, 17);
    return bytes.putInt((int) crc.getValue()).array();
  }
}
