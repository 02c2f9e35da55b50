package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;

/** Makes training pictures out of accepted photos; the head is never cut. */
public final class Cropper {
  private Cropper() {}

  /** The part around a face, resized with antialiasing. */
  public static RgbImage crop(RgbImage picture, Face face, CropShape shape) {
    var part = CropPlan.of(picture.width(), picture.height(), face, shape);
    var inside = part.within(picture.width(), picture.height());
    boolean whole = inside.equals(part);
    var source = whole ? picture : extended(picture, part);
    var region = whole ? part : source.bounds();
    return Resize.region(source, region, shape.width(), shape.height(), Filter.LANCZOS);
  }

  /** The part with the picture's border pixels carried on where it reaches outside. */
  private static RgbImage extended(RgbImage picture, Region part) {
    int width = (int) Math.round(part.width());
    int height = (int) Math.round(part.height());
    int left = (int) Math.round(part.left());
    int top = (int) Math.round(part.top());
    var values = new float[width * height * 3];
    int at = 0;
    for (int y = top; y < top + height; y++) {
      int row = Math.max(0, Math.min(picture.height() - 1, y));
      for (int x = left; x < left + width; x++) {
        int column = Math.max(0, Math.min(picture.width() - 1, x));
        values[at++] = picture.at(column, row, 0);
        values[at++] = picture.at(column, row, 1);
        values[at++] = picture.at(column, row, 2);
      }
    }
    return new RgbImage(width, height, values);
  }
}
