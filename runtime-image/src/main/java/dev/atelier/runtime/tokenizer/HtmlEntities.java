package dev.atelier.runtime.tokenizer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns {@code &amp;}, {@code &#39;} and their like back into characters. */
final class HtmlEntities {
  private static final Pattern ENTITY = Pattern.compile("&(#[xX]?[0-9a-fA-F]{1,8}|\\w{1,24});");

  /** ISO 8859-1 from 160 on (HTML 2 and 3.2). */
  private static final String LATIN =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave"
          + " Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig"
          + " ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute"
          + " ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, String> NAMED = named();

  private HtmlEntities() {}

  /** Text that holds a {@code <} may be markup, whose entities are meant as such: left alone. */
  static String decode(String text) {
    return text.indexOf('<') >= 0 ? text : decodeAll(text);
  }

  /** Entities in any text. */
  static String decodeAll(String text) {
    return ENTITY.matcher(text).replaceAll(HtmlEntities::decode);
  }

  private static String decode(MatchResult entity) {
    String body = entity.group(1);
    Optional<String> decoded =
        body.startsWith("#") ? numbered(body.substring(1)) : Optional.ofNullable(NAMED.get(body));
    return Matcher.quoteReplacement(decoded.orElse(entity.group()));
  }

  private static Optional<String> numbered(String number) {
    boolean hexadecimal = number.startsWith("x") || number.startsWith("X");
    try {
      int code = hexadecimal ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number);
      return Character.isValidCodePoint(code)
          ? Optional.of(Character.toString(code))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> named() {
    var named =
        new HashMap<>(
            Map.of(
                "quot", "\"", "amp", "&", "apos", "'", "lt", "<", "gt", ">", "hellip", "\u2026"));
    named.putAll(
        Map.of(
            "ndash", "\u2013", "mdash", "\u2014", "lsquo", "\u2018", "rsquo", "\u2019", "ldquo",
            "\u201c", "rdquo", "\u201d", "bull", "\u2022", "trade", "\u2122", "euro", "\u20ac"));
    String[] latin = LATIN.split(" ");
    for (int i = 0; i < latin.length; i++) {
      named.put(latin[i], Character.toString(0xa0 + i));
    }
    return named;
  }
}
