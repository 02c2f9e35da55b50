package dev.atelier.runtime.image;

/**
 * A rectangle in pixel coordinates, where pixel (0, 0) covers 0..1. It may lie partly outside its
 * picture.
 *
 * @param right exclusive
 * @param bottom exclusive
 */
public record Region(double left, double top, double right, double bottom) {

  /** A square around a centre. */
  public static Region square(double centreX, double centreY, double side) {
    return new Region(
        centreX - side / 2, centreY - side / 2, centreX + side / 2, centreY + side / 2);
  }

  public double width() {
    return right - left;
  }

  public double height() {
    return bottom - top;
  }

  public double centreX() {
    return (left + right) / 2;
  }

  public double centreY() {
    return (top + bottom) / 2;
  }

  /** The part inside a picture of the given size. */
  public Region within(int pictureWidth, int pictureHeight) {
    return new Region(
        Math.max(0, left),
        Math.max(0, top),
        Math.min(pictureWidth, right),
        Math.min(pictureHeight, bottom));
  }

  /** The same region of a picture resized by the factor. */
  public Region scaled(double factor) {
    return new Region(left * factor, top * factor, right * factor, bottom * factor);
  }
}
