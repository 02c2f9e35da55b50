package dev.atelier.api;

/**
 * Regular expressions of the schema. Decimal numbers are strings: a float would not survive a round
 * trip through JSON and server-side apply unchanged.
 */
final class Patterns {

  /** Zero or more: {@code "0.5"}, {@code "5"}, {@code "1e-4"}. */
  static final String DECIMAL = "^[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,2})?$";

  /** Any sign, for bounds of metrics. */
  static final String SIGNED_DECIMAL = "^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,2})?$";

  /** Above zero: {@code "1e-4"}, {@code "0.002"}. */
  static final String POSITIVE_DECIMAL =
      "^([0-9]*[1-9][0-9]*([.][0-9]+)?|0+[.][0-9]*[1-9][0-9]*)([eE][-+]?[0-9]{1,2})?$";

  /** From 0 to 1: {@code "0.6"}. */
  static final String UNIT_DECIMAL = "^(0([.][0-9]+)?|1([.]0+)?)$";

  /** Above 0, up to 1: {@code "0.8"}. */
  static final String POSITIVE_UNIT_DECIMAL = "^(0[.][0-9]*[1-9][0-9]*|1([.]0+)?)$";

  /** A DNS label, RFC 1123. */
  static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  /** A DNS subdomain, RFC 1123: names of most objects. */
  static final String DNS_SUBDOMAIN = "^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$";

  /** A bucket and an optional prefix. */
  static final String S3_URI = "^s3://[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](/.*)?$";

  /** Scheme, host and optional port and path. */
  static final String HTTP_URL = "^https?://[^/ ]+(/[^ ]*)?$";

  /** A directory below a root: no leading slash, no {@code ..}. */
  static final String RELATIVE_PATH =
      "^([^/.][^/]*|[.][^/.][^/]*)?(/([^/.][^/]*|[.][^/.][^/]*))*/?$";

  /** 64 lower-case hexadecimal digits. */
  static final String SHA256 = "^[a-f0-9]{64}$";

  /** ISO 4217. */
  static final String CURRENCY = "^[A-Z]{3}$";

  private Patterns() {}
}
