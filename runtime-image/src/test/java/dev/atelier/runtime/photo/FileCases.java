package dev.atelier.runtime.photo;

import static dev.atelier.runtime.photo.PhotoCase.encoded;
import static dev.atelier.runtime.photo.PhotoCase.of;
import static dev.atelier.runtime.photo.PhotoCase.photo;
import static dev.atelier.runtime.photo.PhotoCase.png;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Good and bad files, whatever they show. */
final class FileCases {
  private static final String FIRST = "obama.jpg";
  private static final String SMALL = "astronaut.png";

  private FileCases() {}

  static Stream<PhotoCase> all() {
    return Stream.of(accepted(), unreadable(), tooLarge()).flatMap(cases -> cases);
  }

  private static Stream<PhotoCase> accepted() {
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
        of(
            Verdict.Accepted,
            "a PNG that only speaks of animation",
            () -> commented(png(photo(FIRST)), "acTL")),
        of(Verdict.Accepted, "50 megapixels", () -> fiftyMegapixels(photo(FIRST))));
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
        of(Verdict.Unreadable, "an animated PNG", () -> animated(png(photo(FIRST)), 0)),
        of(
            Verdict.Unreadable,
            "an animated PNG with a long colour profile",
            () -> animated(png(photo(FIRST)), 20_000)),
        of(Verdict.Unreadable, "a GIF", () -> encoded(photo(FIRST), "gif")),
        of(Verdict.Unreadable, "an animated GIF", () -> AnimatedGif.of(photo(FIRST))),
        of(Verdict.Unreadable, "HEIC", () -> ascii("\0\0\0\30ftypheic\0\0\0\0mif1heic")),
        of(Verdict.Unreadable, "AVIF", () -> ascii("\0\0\0\34ftypavif\0\0\0\0avifmif1")),
        of(Verdict.Unreadable, "a PDF", () -> ascii("%PDF-1.7\n1 0 obj")),
        of(Verdict.Unreadable, "a BMP", () -> encoded(photo(FIRST), "bmp")),
        of(Verdict.Unreadable, "a TIFF", () -> encoded(photo(FIRST), "tiff")),
        of(Verdict.Unreadable, "random bytes", FileCases::randomBytes));
  }

  private static Stream<PhotoCase> tooLarge() {
    return Stream.of(
        of(Verdict.TooLarge, "81 megapixels", () -> pngHeader(9000, 9000)),
        of(Verdict.TooLarge, "a panorama of 100 megapixels", () -> pngHeader(25_000, 4000)),
        of(Verdict.TooLarge, "a file of 60 MB", () -> Arrays.copyOf(shipped(FIRST), 60_000_000)));
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

  /**
   * A PNG with an animation control chunk after its header.
   *
   * @param before bytes of a private chunk before it, which speaks of data that is none
   */
  private static byte[] animated(byte[] png, int before) {
    var profile = Arrays.copyOf(ascii("IDAT, not really"), Math.max(16, before));
    var control = ByteBuffer.allocate(8).putInt(2).putInt(0).array();
    int header = 33;
    var chunks = concatenated(chunk("prVt", profile), chunk("acTL", control));
    return concatenated(
        Arrays.copyOf(png, header),
        concatenated(chunks, Arrays.copyOfRange(png, header, png.length)));
  }

  private static byte[] commented(byte[] png, String comment) {
    int header = 33;
    return concatenated(
        Arrays.copyOf(png, header),
        concatenated(
            chunk("tEXt", ascii("Comment\0" + comment)),
            Arrays.copyOfRange(png, header, png.length)));
  }

  private static byte[] chunk(String type, byte[] content) {
    var bytes = ByteBuffer.allocate(12 + content.length);
    bytes.putInt(content.length).put(ascii(type)).put(content);
    var crc = new CRC32();
    crc.update(bytes.array(), 4, 4 + content.length);
    return bytes.putInt((int) crc.getValue()).array();
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
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

  /** The bytes of a shipped portrait. */
  static byte[] shipped(String name) throws IOException {
    return Files.readAllBytes(SamplePhotos.resource("photos/" + name));
  }
}
