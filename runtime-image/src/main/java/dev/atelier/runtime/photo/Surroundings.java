package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;

/**
 * Mean colour beside and above the head: tells places apart, not what they are.
 *
 * @param luma 0..255
 * @param blue difference of blue to the brightness, in the units of JPEG's Cb
 * @param red difference of red to the brightness, in the units of JPEG's Cr
 */
public record Surroundings(double luma, double blue, double red) {

  static Surroundings of(RgbImage picture, Face face) {
    var box = face.box();
    var left = patch(picture, box.left() - 1.4 * box.width(), box.left() - 0.6 * box.width(), face);
    var right =
        patch(picture, box.right() + 0.6 * box.width(), box.right() + 1.4 * box.width(), face);
    double[] sum = new double[3];
    for (int channel = 0; channel < 3; channel++) {
      sum[channel] = (left.at(0, 0, channel) + right.at(0, 0, channel)) / 2;
    }
    double luma = 0.299 * sum[0] + 0.587 * sum[1] + 0.114 * sum[2];
    return new Surroundings(luma, 0.564 * (sum[2] - luma), 0.713 * (sum[0] - luma));
  }

  /** Euclidean distance; places differ by 30 and more. */
  double distance(Surroundings other) {
    return Math.sqrt(
        Math.pow(luma - other.luma, 2)
            + Math.pow(blue - other.blue, 2)
            + Math.pow(red - other.red, 2));
  }

  /** One pixel with the mean colour of a column of the picture at the height of the head. */
  private static RgbImage patch(RgbImage picture, double from, double to, Face face) {
    double left = Math.max(0, Math.min(picture.width() - 2, from));
    double right = Math.max(left + 1, Math.min(picture.width(), to));
    double top = Math.max(0, Math.min(picture.height() - 2, face.box().top()));
    double bottom = Math.max(top + 1, Math.min(picture.height(), face.box().centreY()));
    return Resize.region(picture, new Region(left, top, right, bottom), 1, 1, Filter.BOX);
  }
}
