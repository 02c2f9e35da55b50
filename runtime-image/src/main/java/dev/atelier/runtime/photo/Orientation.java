package dev.atelier.runtime.photo;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import dev.atelier.runtime.image.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * How the camera was held: EXIF tag 0x0112.
 *
 * @param exif 1 (upright) to 8
 */
record Orientation(int exif) {
  private static final Orientation UPRIGHT = new Orientation(1);

  /** From the file's EXIF block; no block, no tag or a damaged one mean upright. */
  static Orientation of(byte[] file) {
    try {
      var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(file), file.length);
      for (var directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer tag = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        if (tag != null && tag >= 1 && tag <= 8) {
          return new Orientation(tag);
        }
      }
      return UPRIGHT;
    } catch (ImageProcessingException | IOException e) {
      return UPRIGHT;
    }
  }

  boolean swapsSides() {
    return exif >= 5;
  }

  /** The picture as it was seen through the viewfinder. */
  RgbImage upright(RgbImage stored) {
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
