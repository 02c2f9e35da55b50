package dev.atelier.runtime.tokenizer;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** The other names of HTML 4, with the code points of HTML 5. */
  private static final String OTHERS =
      "quot=22 amp=26 lt=3c gt=3e OElig=152 oelig=153 Scaron=160 scaron=161 Yuml=178"
          + " fnof=192 circ=2c6 tilde=2dc Alpha=391 Beta=392 Gamma=393 Delta=394 Epsilon=395"
          + " Zeta=396 Eta=397 Theta=398 Iota=399 Kappa=39a Lambda=39b Mu=39c Nu=39d Xi=39e"
          + " Omicron=39f Pi=3a0 Rho=3a1 Sigma=3a3 Tau=3a4 Upsilon=3a5 Phi=3a6 Chi=3a7"
          + " Psi=3a8 Omega=3a9 alpha=3b1 beta=3b2 gamma=3b3 delta=3b4 epsilon=3b5 zeta=3b6"
          + " eta=3b7 theta=3b8 iota=3b9 kappa=3ba lambda=3bb mu=3bc nu=3bd xi=3be"
          + " omicron=3bf pi=3c0 rho=3c1 sigmaf=3c2 sigma=3c3 tau=3c4 upsilon=3c5 phi=3c6"
          + " chi=3c7 psi=3c8 omega=3c9 thetasym=3d1 upsih=3d2 piv=3d6 ensp=2002 emsp=2003"
          + " thinsp=2009 zwnj=200c zwj=200d lrm=200e rlm=200f ndash=2013 mdash=2014"
          + " lsquo=2018 rsquo=2019 sbquo=201a ldquo=201c rdquo=201d bdquo=201e dagger=2020"
          + " Dagger=2021 bull=2022 hellip=2026 permil=2030 prime=2032 Prime=2033"
          + " lsaquo=2039 rsaquo=203a oline=203e frasl=2044 euro=20ac image=2111 weierp=2118"
          + " real=211c trade=2122 alefsym=2135 larr=2190 uarr=2191 rarr=2192 darr=2193"
          + " harr=2194 crarr=21b5 lArr=21d0 uArr=21d1 rArr=21d2 dArr=21d3 hArr=21d4"
          + " forall=2200 part=2202 exist=2203 empty=2205 nabla=2207 isin=2208 notin=2209"
          + " ni=220b prod=220f sum=2211 minus=2212 lowast=2217 radic=221a prop=221d"
          + " infin=221e ang=2220 and=2227 or=2228 cap=2229 cup=222a int=222b there4=2234"
          + " sim=223c cong=2245 asymp=2248 ne=2260 equiv=2261 le=2264 ge=2265 sub=2282"
          + " sup=2283 nsub=2284 sube=2286 supe=2287 oplus=2295 otimes=2297 perp=22a5"
          + " sdot=22c5 lceil=2308 rceil=2309 lfloor=230a rfloor=230b lang=27e8 rang=27e9"
          + " loz=25ca spades=2660 clubs=2663 hearts=2665 diams=2666 apos=27";

  /** What Windows-1252 leaves open. */
  private static final Set<Integer> UNDEFINED = Set.of(0x81, 0x8d, 0x8f, 0x90, 0x9d);

  private static final Map<String, String> NAMED = named();

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String REPLACEMENT = "\ufffd";

  private HtmlEntities() {}

  /** Every entity of a text, once. */
  static String decode(String text) {
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
      return Optional.of(character(code));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As browsers do it: numbers of control characters mean those of Windows-1252. */
  static String character(int code) {
    boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    if (code == 0 || surrogate || !Character.isValidCodePoint(code)) {
      return REPLACEMENT;
    }
    return code >= 0x80 && code < 0xa0 && !UNDEFINED.contains(code)
        ? new String(new byte[] {(byte) code}, WINDOWS)
        : Character.toString(code);
  }

  private static Map<String, String> named() {
    var named = new HashMap<String, String>();
    for (String pair : OTHERS.split(" ")) {
      int at = pair.indexOf('=');
      int code = Integer.parseInt(pair.substring(at + 1), 16);
      named.put(pair.substring(0, at), Character.toString(code));
    }
    String[] latin = LATIN.split(" ");
    for (int i = 0; i < latin.length; i++) {
      named.put(latin[i], Character.toString(0xa0 + i));
    }
    // A name that was made capital with its text means the capital letter.
    new HashMap<>(named)
        .forEach(
            (name, text) -> {
              if (name.equals(name.toLowerCase(Locale.ROOT))) {
                named.putIfAbsent(name.toUpperCase(Locale.ROOT), text.toUpperCase(Locale.ROOT));
              }
            });
    return named;
  }
}
