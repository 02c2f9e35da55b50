package dev.atelier.runtime.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A printable character for every byte, as GPT-2's encoder has it: printable Latin-1 stands for
 * itself, the other bytes take the characters from 256 on in their order.
 */
final class ByteAlphabet {
  private static final char[] CHARACTERS = characters();

  private ByteAlphabet() {}

  /** The text's UTF-8 bytes, one character each. */
  static String spell(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var spelled = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      spelled.append(CHARACTERS[b & 255]);
    }
    return spelled.toString();
  }

  /** The characters of all bytes in the order of the characters, as vocabularies list them. */
  static List<String> all() {
    return new String(CHARACTERS).chars().sorted().mapToObj(Character::toString).toList();
  }

  private static char[] characters() {
    char[] characters = new char[256];
    int next = 256;
    for (int b = 0; b < 256; b++) {
      characters[b] = (char) (isPrintable(b) ? b : next++);
    }
    return characters;
  }

  private static boolean isPrintable(int b) {
    return b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
  }
}
