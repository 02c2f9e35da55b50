package dev.atelier.runtime.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Writes PNG files; the same picture and texts always give the same bytes. */
public final class PngFile {

  /** Signature and IHDR chunk; texts follow them. */
  private static final int HEADER_BYTES = 8 + 12 + 13;

  private PngFile() {}

  /** A picture alone. */
  public static byte[] of(RgbImage picture) {
    return of(picture.toBuffered());
  }

  /** A picture alone. */
  public static byte[] of(BufferedImage picture) {
    try {
      var bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(picture, "png", bytes)) {
        throw new IllegalStateException("this Java cannot write PNG files");
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A picture with texts.
   *
   * @param texts by keyword (1 to 79 Latin-1 characters), written as uncompressed iTXt chunks (PNG
   *     specification, 11.3.4.5) in the order of the map
   */
  public static byte[] of(RgbImage picture, Map<String, String> texts) {
    var plain = of(picture);
    var out = new ByteArrayOutputStream();
    out.write(plain, 0, HEADER_BYTES);
    texts.forEach((keyword, text) -> out.writeBytes(chunk(keyword, text)));
    out.write(plain, HEADER_BYTES, plain.length - HEADER_BYTES);
    return out.toByteArray();
  }

  private static byte[] chunk(String keyword, String text) {
    if (keyword.isEmpty() || keyword.length() > 79) {
      throw new IllegalArgumentException(
          "a keyword of a PNG file has 1 to 79 characters: '" + keyword + "'");
    }
    var body = new ByteArrayOutputStream();
    body.writeBytes("iTXt".getBytes(StandardCharsets.ISO_8859_1));
    body.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    body.writeBytes(new byte[5]); // end of keyword, not compressed, method 0, no language twice
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    var crc = new CRC32();
    crc.update(body.toByteArray());
    var chunk = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(chunk)) {
      out.writeInt(body.size() - 4);
      body.writeTo(out);
      out.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return chunk.toByteArray();
  }
}
