package dev.atelier.runtime.photo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a file is by its first bytes; names lie. */
enum FileKind {
  JPEG(""),
  PNG(""),
  WEBP(""),
  EMPTY("the file is empty: upload it again"),
  GIF("a GIF has too few colours to learn a face from: send a JPEG, PNG or WebP photo"),
  HEIC(
      "HEIC pictures cannot be read: export the photo as JPEG (iPhone: Settings > Camera > Formats > Most Compatible, or"
          + " share it by mail)"),
  AVIF("AVIF pictures cannot be read: export the photo as JPEG or PNG"),
  TIFF("TIFF and camera raw files cannot be read: export the photo as JPEG or PNG"),
  BMP("BMP pictures cannot be read: save the photo as PNG or JPEG"),
  PDF("this is a PDF document, not a photo: send a JPEG, PNG or WebP photo"),
  UNKNOWN("this is not a picture that can be read: send a JPEG, PNG or WebP photo");

  /** Where the chunks of a PNG begin. */
  private static final int PNG_CHUNKS = 8;

  /** The letters acTL. */
  private static final int ANIMATION_CONTROL = 0x6163544c;

  /** The letters IDAT. */
  private static final int IMAGE_DATA = 0x49444154;

  private final String advice;

  FileKind(String advice) {
    this.advice = advice;
  }

  /** Why the kind is refused; empty for the kinds that are read. */
  Optional<String> refusal() {
    return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
  }

  static FileKind of(byte[] bytes) {
    if (bytes.length == 0) {
      return EMPTY;
    }
    if (starts(bytes, 0, "\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (starts(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (starts(bytes, 0, "RIFF") && starts(bytes, 8, "WEBP")) {
      return WEBP;
    }
    return starts(bytes, 4, "ftyp") ? ofBrand(bytes) : unsupported(bytes);
  }

  private static FileKind ofBrand(byte[] bytes) {
    if (starts(bytes, 8, "avif") || starts(bytes, 8, "avis")) {
      return AVIF;
    }
    var brands = List.of("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1");
    return brands.stream().anyMatch(brand -> starts(bytes, 8, brand)) ? HEIC : UNKNOWN;
  }

  private static FileKind unsupported(byte[] bytes) {
    if (starts(bytes, 0, "GIF8")) {
      return GIF;
    }
    if (starts(bytes, 0, "II*\0") || starts(bytes, 0, "MM\0*")) {
      return TIFF;
    }
    if (starts(bytes, 0, "%PDF")) {
      return PDF;
    }
    return starts(bytes, 0, "BM") ? BMP : UNKNOWN;
  }

  /**
   * Whether the file holds moving pictures: the animation flag of WebP, the {@code acTL} chunk of
   * PNG.
   */
  boolean animated(byte[] bytes) {
    if (this == WEBP) {
      return starts(bytes, 12, "VP8X") && bytes.length > 20 && (bytes[20] & 2) != 0;
    }
    return this == PNG && animatedPng(ByteBuffer.wrap(bytes));
  }

  /** Chunk by chunk up to the first data: colour profiles before it may be of any length. */
  private static boolean animatedPng(ByteBuffer file) {
    int at = PNG_CHUNKS;
    while (at >= PNG_CHUNKS && at + 8 <= file.limit()) {
      int type = file.getInt(at + 4);
      if (type == ANIMATION_CONTROL || type == IMAGE_DATA) {
        return type == ANIMATION_CONTROL;
      }
      at += 12 + file.getInt(at); // length, type and checksum take twelve bytes
    }
    return false;
  }

  private static boolean starts(byte[] bytes, int at, String text) {
    byte[] magic = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < at + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (bytes[at + i] != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
