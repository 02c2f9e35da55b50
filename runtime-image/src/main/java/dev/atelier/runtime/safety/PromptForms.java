package dev.atelier.runtime.safety;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The ways in which a folded prompt may be meant, each as words between single spaces: as written,
 * with digits and signs read as letters, with letters that stand alone drawn together, with
 * separators inside words dropped, with repeated letters squeezed.
 */
final class PromptForms {
  /** Letters that digits and signs stand for; 1 and ! may be i or l, so there are two tables. */
  private static final String SIGNS = "0134578@$!|+€";

  private static final String WITH_I = "oieastbasiite";
  private static final String WITH_L = "oleastbasllte";

  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}@$!|+€]+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}*]+");
  private static final Pattern SINGLES =
      Pattern.compile("(?<=^| )(?:[\\p{L}\\p{N}] ){2,}[\\p{L}\\p{N}](?= |$)");
  private static final Pattern INNER_SIGN =
      Pattern.compile("(?<=\\p{L})[-._~'`^/\\\\:;,\"](?=\\p{L})");
  private static final Pattern RUN = Pattern.compile("(\\p{L})\\1{2,}");

  private PromptForms() {}

  /** All forms, without repetitions, as written first. */
  static List<String> of(String folded) {
    Set<String> forms = new LinkedHashSet<>();
    String together = drawnTogether(words(folded));
    for (String read :
        List.of(
            folded,
            decoded(folded, WITH_I),
            decoded(folded, WITH_L),
            decoded(together, WITH_I),
            decoded(together, WITH_L),
            INNER_SIGN.matcher(folded).replaceAll(""))) {
      String words = words(read);
      forms.add(words);
      forms.add(drawnTogether(words));
      forms.add(words(RUN.matcher(read).replaceAll("$1")));
      forms.add(words(RUN.matcher(read).replaceAll("$1$1")));
    }
    return new ArrayList<>(forms);
  }

  /** Only letters, digits and stars, words between single spaces. */
  static String words(String text) {
    return NO_WORD.matcher(text).replaceAll(" ").strip();
  }

  /** Words that mix letters with digits or signs, which 85mm and 4k do as well: harmless. */
  private static String decoded(String text, String letters) {
    return TOKEN
        .matcher(text)
        .replaceAll(
            token -> java.util.regex.Matcher.quoteReplacement(read(token.group(), letters)));
  }

  private static String read(String token, String letters) {
    if (token.codePoints().noneMatch(Character::isLetter)) {
      return token;
    }
    var read = new StringBuilder();
    for (char character : token.toCharArray()) {
      int sign = SIGNS.indexOf(character);
      read.append(sign < 0 ? character : letters.charAt(sign));
    }
    return read.toString();
  }

  private static String drawnTogether(String words) {
    return SINGLES.matcher(words).replaceAll(run -> run.group().replace(" ", ""));
  }
}
