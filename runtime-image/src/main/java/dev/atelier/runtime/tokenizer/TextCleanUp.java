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
    String mended = CharacterRepair.apply(Mojibake.undo(HtmlEntities.decode(text)));
    // Python's lower() and Java's agree on the final sigma and the dotted capital I.
    return SPACES.matcher(mended).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}
