package dev.atelier.runtime.portrait;

import java.awt.Color;

/**
 * A colour, each channel 0..255 (sRGB).
 *
 * @param red 0..255
 * @param green 0..255
 * @param blue 0..255
 */
public record Rgb(int red, int green, int blue) {

  static final Rgb BLACK = new Rgb(0, 0, 0);
  static final Rgb WHITE = new Rgb(255, 255, 255);

  /** Keeps the channels in range. */
  public Rgb {
    red = clamp(red);
    green = clamp(green);
    blue = clamp(blue);
  }

  /** This colour with a share of another. */
  Rgb mix(Rgb other, double share) {
    return new Rgb(
        (int) (red + (other.red - red) * share),
        (int) (green + (other.green - green) * share),
        (int) (blue + (other.blue - blue) * share));
  }

  Rgb darker(double share) {
    return mix(BLACK, share);
  }

  Rgb lighter(double share) {
    return mix(WHITE, share);
  }

  /** A stitch, a fold or a hem in cloth of this colour: darker, or lighter on dark cloth. */
  Rgb seam() {
    return red + green + blue > 150 ? darker(0.28) : lighter(0.18);
  }

  /** Each channel moved by up to so much. */
  Rgb jittered(Dice dice, double by) {
    return new Rgb(
        (int) (red + dice.between(-by, by)),
        (int) (green + dice.between(-by, by)),
        (int) (blue + dice.between(-by, by)));
  }

  Color awt() {
    return new Color(red, green, blue);
  }

  private static int clamp(int channel) {
    return Math.max(0, Math.min(255, channel));
  }
}
