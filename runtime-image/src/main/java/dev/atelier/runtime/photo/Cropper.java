package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;
import java.awt.image.BufferedImage;

/** Makes square training pictures out of accepted photos; the head is never cut. */
public final class Cropper {
  private final PhotoDecoder decoder;

  public Cropper(PhotoDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * The training picture of an accepted photo, {@code resolution} x {@code resolution}.
   *
   * @throws IllegalStateException if the file has changed since it was judged
   */
  public BufferedImage crop(JudgedPhoto photo, int resolution) {
    if (photo.face().isPresent()
        && decoder.decode(photo.file()) instanceof Decoded.Picture picture) {
      return crop(picture.image(), photo.face().get(), resolution).toBuffered();
    }
    throw new IllegalStateException(
        "the photo "
            + photo.name()
            + " has no face to crop or can no longer be read: judge the photos again");
  }

  /** The square around a face, resized with antialiasing. */
  public static RgbImage crop(RgbImage picture, Face face, int resolution) {
    var square = CropPlan.square(picture.width(), picture.height(), face);
    var inside = square.within(picture.width(), picture.height());
    boolean whole = inside.equals(square);
    var source = whole ? picture : extended(picture, square);
    var region = whole ? square : source.bounds();
    return Resize.region(source, region, resolution, resolution, Filter.LANCZOS);
  }

  /** The square with the picture's border pixels carried on where it reaches outside. */
  private static RgbImage extended(RgbImage picture, Region square) {
    int side = (int) Math.round(square.width());
    int left = (int) Math.round(square.left());
    int top = (int) Math.round(square.top());
    var values = new float[side * side * 3];
    int at = 0;
    for (int y = top; y < top + side; y++) {
      int row = Math.max(0, Math.min(picture.height() - 1, y));
      for (int x = left; x < left + side; x++) {
        int column = Math.max(0, Math.min(picture.width() - 1, x));
        values[at++] = picture.at(column, row, 0);
        values[at++] = picture.at(column, row, 1);
        values[at++] = picture.at(column, row, 2);
      }
    }
    return new RgbImage(side, side, values);
  }
}
