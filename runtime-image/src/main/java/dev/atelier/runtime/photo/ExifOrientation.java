package dev.atelier.runtime.photo;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import dev.atelier.runtime.image.Orientation;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads how the camera was held from a photo's EXIF block. */
final class ExifOrientation {

  private ExifOrientation() {}

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
      return Orientation.UPRIGHT;
    } catch (ImageProcessingException | IOException e) {
      return Orientation.UPRIGHT;
    }
  }
}
