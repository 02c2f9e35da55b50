package dev.atelier.runtime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Text in UTF-8 that somebody read as Windows-1252: all its characters are of that code page, and
 * as bytes they are UTF-8 again. Real Western text is hardly ever both.
 */
final class Mojibake {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private Mojibake() {}

  /** The text as it was meant, or the text itself if it is in order. */
  static String undo(String text) {
    boolean plain = text.chars().allMatch(c -> c < 128);
    return plain ? text : bytes(text).flatMap(Mojibake::decoded).orElse(text);
  }

  /** The five bytes that Windows-1252 leaves undefined pass as control characters. */
  private static Optional<byte[]> bytes(String text) {
    CharsetEncoder encoder = WINDOWS.newEncoder();
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      if (encoder.canEncode(c)) {
        bytes[i] = WINDOWS.encode(CharBuffer.wrap(new char[] {c})).get();
      } else if (c < 256) {
        bytes[i] = (byte) c;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(bytes);
  }

  private static Optional<String> decoded(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
