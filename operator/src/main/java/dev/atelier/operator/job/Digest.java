package dev.atelier.operator.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells texts apart by a short name. */
public final class Digest {

  private static final int SHORT = 8;

  private Digest() {}

  /** SHA-256 of a text in UTF-8, 64 hexadecimal digits. */
  public static String sha256(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first eight digits of it, for names. */
  public static String brief(String text) {
    return sha256(text).substring(0, SHORT);
  }
}
