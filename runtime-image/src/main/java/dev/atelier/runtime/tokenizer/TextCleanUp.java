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
    return collapsed(HtmlEntities.decode(HtmlEntities.decode(mended(text))));
  }

  /** Until nothing is left to mend: text is broken twice as often as once. */
  private static String mended(String text) {
    // A text with a < may be markup, whose entities are meant as such.
    boolean markup = text.indexOf('<') >= 0;
    String now = text;
    String before;
    do {
      before = now;
      now = CharacterRepair.apply(Mojibake.undo(markup ? now : HtmlEntities.decode(now)));
    } while (!now.equals(before));
    return now;
  }

  private static String collapsed(String text) {
    return SPACES.matcher(text).replaceAll(" ").strip();
  }
}
