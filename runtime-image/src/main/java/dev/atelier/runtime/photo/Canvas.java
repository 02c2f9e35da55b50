package dev.atelier.runtime.photo;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * What a photo is decoded onto. Codecs give red, green, blue in the colours of the file, and
 * Java2D's usual picture holds blue, green, red in sRGB: giving each byte another place takes as
 * long as decoding a JPEG does, and other colours twice as long.
 */
final class Canvas {
  private Canvas() {}

  /**
   * A picture in the codec's order and colours, for the photo's size with rows and columns left
   * out; none where the photo does not come as bytes of red, green and blue.
   */
  static Optional<BufferedImage> of(ImageReader reader, int every) throws IOException {
    var stored = reader.getRawImageType(0);
    if (stored == null || !isBytesOfColour(stored)) {
      return Optional.empty();
    }
    var inOrder =
        ImageTypeSpecifier.createInterleaved(
            stored.getColorModel().getColorSpace(),
            new int[] {0, 1, 2},
            DataBuffer.TYPE_BYTE,
            false,
            false);
    return Optional.of(
        inOrder.createBufferedImage(
            reduced(reader.getWidth(0), every), reduced(reader.getHeight(0), every)));
  }

  private static boolean isBytesOfColour(ImageTypeSpecifier stored) {
    return stored.getSampleModel() instanceof PixelInterleavedSampleModel layout
        && layout.getNumBands() == 3
        && layout.getDataType() == DataBuffer.TYPE_BYTE
        && stored.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_RGB;
  }

  private static int reduced(int size, int every) {
    return (size + every - 1) / every;
  }
}
