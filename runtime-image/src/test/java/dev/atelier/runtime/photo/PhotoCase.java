package dev.atelier.runtime.photo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A photo and what should become of it.
 *
 * @param name of the case
 * @param content writes the file's bytes
 * @param beside shipped photos that are judged with it
 * @param judge which settings apply
 */
record PhotoCase(Verdict expected, String name, Content content, List<String> beside, Judge judge) {

  /** What the file holds. */
  interface Content {
    byte[] bytes() throws IOException;
  }

  /** Settings that cases differ in. */
  enum Judge {
    /** The API's defaults. */
    DEFAULTS,
    /** Faces may be 100 pixels wide. */
    SMALL_FACES,
    /** Heads may be turned by 15 degrees. */
    STRICT_POSE,
    /** The nudity model finds everything nude: no such picture ships. */
    NUDE
  }

  static PhotoCase of(Verdict expected, String name, Content content) {
    return new PhotoCase(expected, name, content, List.of(), Judge.DEFAULTS);
  }

  PhotoCase beside(String... photos) {
    return new PhotoCase(expected, name, content, List.of(photos), judge);
  }

  PhotoCase judgedBy(Judge other) {
    return new PhotoCase(expected, name, content, beside, other);
  }

  /** Writes the file. */
  Path in(Path folder) throws IOException {
    return Files.write(folder.resolve("the-photo"), content.bytes());
  }

  @Override
  public String toString() {
    return expected + ": " + name;
  }

  static BufferedImage photo(String name) throws IOException {
    return ImageIO.read(SamplePhotos.resource("photos/" + name).toFile());
  }

  static byte[] png(BufferedImage image) throws IOException {
    return encoded(image, "png");
  }

  static byte[] encoded(BufferedImage image, String format) throws IOException {
    var out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer for " + format);
    }
    return out.toByteArray();
  }
}
