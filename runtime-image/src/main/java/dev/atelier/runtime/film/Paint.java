package dev.atelier.runtime.film;

import java.awt.Color;

/**
 * A colour, each channel 0..255 (sRGB).
 *
 * @param red 0..255
 * @param green 0..255
 * @param blue 0..255
 */
record Paint(int red, int green, int blue) {

  Color awt() {
    return new Color(red, green, blue);
  }

  /** Sum of the channels' absolute differences. */
  double distance(double otherRed, double otherGreen, double otherBlue) {
    return Math.abs(red - otherRed) + Math.abs(green - otherGreen) + Math.abs(blue - otherBlue);
  }
}
