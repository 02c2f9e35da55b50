package dev.atelier.runtime.serve;

import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Ids that sort by time and tell their API: {@code video_019ab3f2c4d1_9f86d081884c7d65}.
 *
 * @param time of its acceptance, as it is written
 */
record RequestId(String text, String kind, String time) {

  private static final Pattern FORM =
      Pattern.compile("(video|image)_([0-9a-f]{12})_([0-9a-f]{16})");
  private static final int MILLIS_DIGITS = 12;

  /** A new one. */
  static RequestId of(Api api, Instant now, long random) {
    var hex = HexFormat.of();
    var time = hex.toHexDigits(now.toEpochMilli(), MILLIS_DIGITS);
    return new RequestId(
        "%s_%s_%s".formatted(api.kind(), time, hex.toHexDigits(random)), api.kind(), time);
  }

  /** Whether a text has the form of one: only such texts become parts of keys. */
  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** Reads one. */
  static RequestId read(String text) {
    var matched = FORM.matcher(text);
    if (!matched.matches()) {
      throw new IllegalArgumentException("no id of a request: " + text);
    }
    return new RequestId(text, matched.group(1), matched.group(2));
  }

  Instant createdAt() {
    return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(time));
  }

  Api api() {
    return isOf(Api.VIDEOS) ? Api.VIDEOS : Api.IMAGES;
  }

  boolean isOf(Api api) {
    return kind.equals(api.kind());
  }
}
