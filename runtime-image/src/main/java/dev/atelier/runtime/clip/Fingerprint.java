package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.PerceptualHash;
import java.util.HexFormat;

/**
 * What a frame looks like: a perceptual hash of its brightness, which forgives another size and
 * compression, and the colours of 4 x 4 fields, by which a red and a blue ball are two.
 *
 * @param colours differences to blue and to red of each field, as JPEG's Cb and Cr
 */
record Fingerprint(PerceptualHash hash, byte[] colours) {

  private static final int FIELDS = 4;
  private static final int OTHER_COLOUR = 12;

  static Fingerprint of(RgbImage frame) {
    var fields = Resize.to(frame, FIELDS, FIELDS, Filter.BOX);
    var colours = new byte[FIELDS * FIELDS * 2];
    for (int i = 0; i < FIELDS * FIELDS; i++) {
      double red = fields.values()[3 * i];
      double green = fields.values()[3 * i + 1];
      double blue = fields.values()[3 * i + 2];
      double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      colours[2 * i] = (byte) Math.round(0.564 * (blue - luma));
      colours[2 * i + 1] = (byte) Math.round(0.713 * (red - luma));
    }
    return new Fingerprint(PerceptualHash.of(frame), colours);
  }

  /** As text, for records. */
  String text() {
    return HexFormat.of().toHexDigits(hash.bits()) + HexFormat.of().formatHex(colours);
  }

  static Fingerprint parse(String text) {
    return new Fingerprint(
        new PerceptualHash(HexFormat.fromHexDigitsToLong(text, 0, 16)),
        HexFormat.of().parseHex(text, 16, text.length()));
  }

  /** Whether any field has another colour. */
  boolean coloured(Fingerprint other) {
    for (int i = 0; i < colours.length; i++) {
      if (Math.abs(colours[i] - other.colours[i]) > OTHER_COLOUR) {
        return true;
      }
    }
    return false;
  }
}
