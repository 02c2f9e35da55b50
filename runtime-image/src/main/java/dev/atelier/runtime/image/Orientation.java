package dev.atelier.runtime.image;

/**
 * How the camera was held, numbered as in EXIF tag 0x0112: the stored picture is turned or mirrored
 * before it is shown.
 *
 * @param exif 1 (upright) to 8
 */
public record Orientation(int exif) {

  public static final Orientation UPRIGHT = new Orientation(1);

  /** Quarter turns clockwise from the stored to the shown picture, as EXIF numbers them. */
  private static final int[] QUARTER_TURNS = {1, 6, 3, 8};

  /** A picture that is shown after so many quarter turns clockwise, 0 to 3. */
  public static Orientation ofQuarterTurns(int clockwise) {
    return new Orientation(QUARTER_TURNS[clockwise]);
  }

  /** Whether height and width change places. */
  public boolean swapsSides() {
    return exif >= 5;
  }

  /** The picture as it was seen through the viewfinder. */
  public RgbImage upright(RgbImage stored) {
    if (exif == 1) {
      return stored;
    }
    int width = swapsSides() ? stored.height() : stored.width();
    int height = swapsSides() ? stored.width() : stored.height();
    var values = new float[width * height * 3];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = source(x, y, stored) * 3;
        values[at++] = stored.values()[from];
        values[at++] = stored.values()[from + 1];
        values[at++] = stored.values()[from + 2];
      }
    }
    return new RgbImage(width, height, values);
  }

  /** Index of the stored pixel that shows at (x, y) of the upright picture. */
  private int source(int x, int y, RgbImage stored) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    int column = swapsSides() ? y : x;
    int row = swapsSides() ? x : y;
    // 2 mirrored, 3 upside down, 4 flipped, 5 transposed, 6 turned left, 7 transversed, 8 turned
    // right
    boolean mirrored = exif == 2 || exif == 3 || exif == 7 || exif == 8;
    boolean flipped = exif == 3 || exif == 4 || exif == 6 || exif == 7;
    return (flipped ? bottom - row : row) * stored.width() + (mirrored ? right - column : column);
  }
}
