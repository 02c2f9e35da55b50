package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.RgbImage;

/** Turns a picture into a PNG file. */
@FunctionalInterface
public interface PictureEncoder {

  /** The bytes of the file, with what the picture's origin is in its metadata. */
  byte[] png(PlannedPicture planned, RgbImage picture);
}
