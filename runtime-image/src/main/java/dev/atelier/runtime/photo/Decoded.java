package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.RgbImage;

/** A photo file after decoding. */
public sealed interface Decoded {

  /**
   * The picture to work on, upright and at most about 2048 pixels long.
   *
   * @param width of the upright photo in the file, in pixels
   * @param height of the upright photo in the file, in pixels
   */
  record Picture(RgbImage image, int width, int height) implements Decoded {

    /** Pixels of the file per pixel of {@link #image}. */
    public double reduction() {
      return (double) width / image.width();
    }
  }

  /** A file that is no usable picture. */
  record Refused(Finding finding) implements Decoded {}
}
