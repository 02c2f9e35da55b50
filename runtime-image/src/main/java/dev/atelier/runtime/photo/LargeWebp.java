package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Orientation;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoException;
import dev.atelier.runtime.video.VideoReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Large WebP photos by FFmpeg, which holds them as 1.5 bytes a pixel outside of the Java heap and
 * reduces them there: the decoder in Java takes more than 1 GB for 50 megapixels. What is
 * transparent shows the colour that the file has there.
 */
final class LargeWebp {

  /** Where a RIFF file says how many bytes follow. */
  private static final int SIZE = 4;

  private static final int BEFORE = 8;

  private LargeWebp() {}

  /**
   * The picture upright, at most {@code edge} pixels long; empty for a file that is damaged.
   *
   * @param bytes of the file
   * @param exif the orientation that the file asks for
   */
  static Optional<RgbImage> read(Path file, byte[] bytes, int edge, Orientation exif) {
    if (isCutOff(bytes)) {
      return Optional.empty(); // FFmpeg would show what there is
    }
    try (var reader = VideoReader.open(file, edge)) {
      var turned = reader.traits().rotation() != 0;
      return reader.next().map(frame -> turned ? frame.picture() : exif.upright(frame.picture()));
    } catch (VideoException e) {
      return Optional.empty();
    }
  }

  private static boolean isCutOff(byte[] bytes) {
    var header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.length < BEFORE
        || Integer.toUnsignedLong(header.getInt(SIZE)) + BEFORE > bytes.length;
  }
}
