package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;

/** One size of clips; what is nearly of its shape is cropped to it, what is far from it padded. */
public record Bucket(int width, int height) {

  /** Cropping may take so much of a picture; beyond that, black is added instead. */
  private static final double MOST_CROPPED = 0.3;

  /** The picture in this size, in the middle. */
  public RgbImage fit(RgbImage picture) {
    double cover = cover(picture.width(), picture.height());
    double cropped =
        1 - (double) width * height / (cover * cover * picture.width() * picture.height());
    return cropped <= MOST_CROPPED ? cropped(picture, cover) : padded(picture);
  }

  /** How many times a file would have to be enlarged. */
  double enlargement(ClipMeasurements file) {
    return file.width() == 0 ? 1 : cover(file.width(), file.height());
  }

  double ratio() {
    return (double) width / height;
  }

  private double cover(int pictureWidth, int pictureHeight) {
    return Math.max((double) width / pictureWidth, (double) height / pictureHeight);
  }

  private RgbImage cropped(RgbImage picture, double cover) {
    double left = (picture.width() - width / cover) / 2;
    double top = (picture.height() - height / cover) / 2;
    var region =
        new Region(left, top, left + width / cover, top + height / cover)
            .within(picture.width(), picture.height());
    return Resize.region(picture, region, width, height, Filter.BICUBIC);
  }

  private RgbImage padded(RgbImage picture) {
    double contain = Math.min((double) width / picture.width(), (double) height / picture.height());
    int innerWidth = (int) Math.max(1, Math.round(contain * picture.width()));
    int innerHeight = (int) Math.max(1, Math.round(contain * picture.height()));
    var inner = Resize.to(picture, innerWidth, innerHeight, Filter.BICUBIC);
    var values = new float[width * height * 3];
    int left = (width - innerWidth) / 2;
    int top = (height - innerHeight) / 2;
    for (int y = 0; y < innerHeight; y++) {
      System.arraycopy(
          inner.values(),
          y * innerWidth * 3,
          values,
          ((top + y) * width + left) * 3,
          innerWidth * 3);
    }
    return new RgbImage(width, height, values);
  }
}
