package dev.atelier.runtime.video;

import dev.atelier.runtime.image.RgbImage;
import java.nio.ByteBuffer;
import org.bytedeco.javacv.Frame;

/** Pictures in the form that FFmpeg takes: rows of blue, green and red bytes. */
final class Bgr {
  private Bgr() {}

  /** Rounded to 8 bits, values outside 0..255 clamped. */
  static Frame of(RgbImage picture) {
    var frame = new Frame(picture.width(), picture.height(), Frame.DEPTH_UBYTE, 3);
    var bytes = (ByteBuffer) frame.image[0];
    var row = new byte[picture.width() * 3];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          float value = picture.at(x, y, channel);
          row[3 * x + 2 - channel] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
      }
      bytes.position(y * frame.imageStride);
      bytes.put(row);
    }
    return frame;
  }
}
