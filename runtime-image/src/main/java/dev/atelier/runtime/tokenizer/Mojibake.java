package dev.atelier.runtime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in UTF-8 that somebody read in a code page of one byte per character. All its characters are
 * of that code page, and as bytes they are UTF-8 again; real text is hardly ever both. Where that
 * holds for parts alone, those that hardly any language writes are mended.
 */
final class Mojibake {

  private static final String WINDOWS = "windows-1252";

  /** The likeliest first. */
  private static final List<Map<Character, Byte>> CODE_PAGES =
      List.of(
          bytes("ISO-8859-1"),
          bytes(WINDOWS),
          bytes("windows-1251"),
          bytes("windows-1250"),
          bytes("windows-1253"),
          bytes("windows-1254"),
          bytes("windows-1257"),
          bytes("ISO-8859-2"),
          bytes("IBM437"));

  private static final Map<Character, Byte> WESTERN = bytes(WINDOWS);
  private static final Map<Character, Byte> BOTH = withControls(WESTERN);

  /** What ISO 8859-1 shows where Windows-1252 has quotes and dashes; no text means them. */
  private static final String CONTROLS = "\\x80-\\x9f";

  /** Bytes that follow a first one, as one of both shows them. */
  private static final String NEXT = CONTROLS + shown(0x80, 0xbf, 0, 0);

  /** The same without quotes, which may follow a capital letter with a circumflex. */
  private static final String UNQUOTED = CONTROLS + shown(0x80, 0xbf, 0x91, 0x94);

  /** Without dashes and currencies either, which may follow a capital letter. */
  private static final String ODD =
      CONTROLS + shown(0x88, 0x9f, 0x91, 0x97) + "\u00a4\u00a6-\u00aa\u00ac-\u00ba\u00bc-\u00be";

  private static final Pattern PART =
      Pattern.compile(
          "\u00c3[%1$s]|\u00c2[%2$s]|[\u00c4-\u00df][%3$s]|[\u00e0-\u00ef][%1$s]{2}|[\u00f0-\u00f4][%1$s]{3}"
              .formatted(NEXT, UNQUOTED, ODD));

  private Mojibake() {}

  /** The text as it was meant, however often it was misread; the text itself if in order. */
  static String undo(String text) {
    String now = text;
    String before;
    do {
      before = now;
      now = once(now);
    } while (!now.equals(before));
    return now;
  }

  private static String once(String text) {
    if (text.chars().allMatch(c -> c < 128)) {
      return text;
    }
    return CODE_PAGES.stream()
        .flatMap(page -> bytes(text, page).flatMap(Mojibake::decoded).stream())
        .findFirst()
        .orElseGet(() -> PART.matcher(text).replaceAll(Mojibake::whole));
  }

  private static String whole(MatchResult part) {
    var mended = bytes(part.group(), BOTH).flatMap(Mojibake::decoded);
    return Matcher.quoteReplacement(mended.orElse(part.group()));
  }

  private static Optional<byte[]> bytes(String text, Map<Character, Byte> page) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      if (c >= 128 && !page.containsKey(c)) {
        return Optional.empty();
      }
      bytes[i] = c < 128 ? (byte) c : page.get(c);
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

  /** The upper half of a code page; bytes that it leaves undefined pass as control characters. */
  private static Map<Character, Byte> bytes(String name) {
    Charset page = Charset.forName(name);
    var bytes = new HashMap<Character, Byte>();
    for (int b = 0x80; b <= 0xff; b++) {
      char shown = new String(new byte[] {(byte) b}, page).charAt(0);
      bytes.put(shown == '\ufffd' ? (char) b : shown, (byte) b);
    }
    return Collections.unmodifiableMap(bytes);
  }

  private static Map<Character, Byte> withControls(Map<Character, Byte> page) {
    var both = new HashMap<>(page);
    for (char c = 0x80; c < 0xa0; c++) {
      both.put(c, (byte) c);
    }
    return Collections.unmodifiableMap(both);
  }

  /** Characters of a range of bytes, but for a range within, for a class of a pattern. */
  private static String shown(int from, int to, int without, int until) {
    var shown = new StringBuilder();
    WESTERN.forEach(
        (character, value) -> {
          int b = Byte.toUnsignedInt(value);
          if (b >= from && b <= to && (b < without || b > until)) {
            shown.append("\\x{%x}".formatted((int) character));
          }
        });
    return shown.toString();
  }
}
