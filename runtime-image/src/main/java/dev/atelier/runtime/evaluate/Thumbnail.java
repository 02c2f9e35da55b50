package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;

/** The middle square of a picture at 64 x 64: what whole pictures are compared by. */
final class Thumbnail {
  static final int EDGE = 64;

  private Thumbnail() {}

  static RgbImage of(RgbImage picture) {
    int side = Math.min(picture.width(), picture.height());
    var middle = Region.square(picture.width() / 2.0, picture.height() / 2.0, side);
    var filter = side > EDGE ? Filter.BOX : Filter.BICUBIC;
    return Resize.region(picture, middle, EDGE, EDGE, filter);
  }
}
