package dev.atelier.runtime.tokenizer;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What happens to a prompt before it is cut into tokens: broken text is mended as the Python
 * library ftfy does by default, white space collapses, letters become small.
 */
final class TextCleanUp {
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextCleanUp() {}

  static String apply(String text) {
    // Python's lower() and Java's agree on the final sigma and the dotted capital I.
    return collapsed(mended(text)).toLowerCase(Locale.ROOT);
  }

  /** As pipelines with a T5 do it: entities twice over, letters as they are. */
  static String keepingCase(String text) {
    return collapsed(HtmlEntities.decodeAll(HtmlEntities.decodeAll(mended(text))));
  }

  private static String mended(String text) {
    return CharacterRepair.apply(Mojibake.undo(HtmlEntities.decode(text)));
  }

  private static String collapsed(String text) {
    return SPACES.matcher(text).replaceAll(" ").strip();
  }
}
