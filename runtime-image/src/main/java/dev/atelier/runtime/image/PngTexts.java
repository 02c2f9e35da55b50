package dev.atelier.runtime.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts that {@link PngFile} wrote: uncompressed iTXt chunks (PNG specification, 11.3.4.5). */
public final class PngTexts {

  private static final int SIGNATURE = 8;
  private static final int TYPE_AND_SUM = 8;
  private static final String TEXT = "iTXt";

  /** After the keyword: its end, compression flag and method, the ends of two more texts. */
  private static final int ENDS = 5;

  private PngTexts() {}

  /** By keyword in the order of the file; empty for what is no PNG file or is cut off. */
  public static Map<String, String> of(byte[] png) {
    var texts = new LinkedHashMap<String, String>();
    var rest = ByteBuffer.wrap(png);
    try {
      rest.position(Math.min(SIGNATURE, png.length));
      while (rest.remaining() > TYPE_AND_SUM) {
        var body = new byte[rest.getInt() + TYPE_AND_SUM];
        rest.get(body);
        if (new String(body, 0, 4, StandardCharsets.ISO_8859_1).equals(TEXT)) {
          put(texts, body);
        }
      }
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      return Map.of();
    }
    return texts;
  }

  private static void put(Map<String, String> texts, byte[] body) {
    int end = 4;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    int from = end + ENDS;
    if (from <= body.length - 4) {
      texts.put(
          new String(body, 4, end - 4, StandardCharsets.ISO_8859_1),
          new String(body, from, body.length - 4 - from, StandardCharsets.UTF_8));
    }
  }
}
