package dev.atelier.runtime.photo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** JPEG files of the kinds that cameras, phones and print shops make. */
final class JpegFiles {
  private static final byte[] ADOBE_WITHOUT_TRANSFORM = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private JpegFiles() {}

  static byte[] plain(BufferedImage image, float quality) throws IOException {
    return written(new IIOImage(image, null, null), quality, ImageWriteParam.MODE_DISABLED);
  }

  static byte[] progressive(BufferedImage image) throws IOException {
    return written(new IIOImage(image, null, null), 0.9f, ImageWriteParam.MODE_DEFAULT);
  }

  /** Four inks, stored inverted as Adobe's programs store them. */
  static byte[] cmyk(BufferedImage image) throws IOException {
    int width = image.getWidth();
    int height = image.getHeight();
    WritableRaster inks =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        int red = rgb >> 16 & 255;
        int green = rgb >> 8 & 255;
        int blue = rgb & 255;
        int light = Math.max(1, Math.max(red, Math.max(green, blue)));
        inks.setPixel(
            x, y, new int[] {red * 255 / light, green * 255 / light, blue * 255 / light, light});
      }
    }
    return behindStart(
        written(new IIOImage(inks, null, null), 0.9f, ImageWriteParam.MODE_DISABLED),
        ADOBE_WITHOUT_TRANSFORM);
  }

  /** Display P3, the colours of phones' photos: Java's sRGB profile with P3's primaries (D50). */
  static byte[] inDisplayP3(byte[] jpeg) throws IOException {
    var profile = ICC_Profile.getInstance(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
    profile.setData(ICC_Profile.icSigRedColorantTag, primary(0.51512, 0.24120, -0.00105));
    profile.setData(ICC_Profile.icSigGreenColorantTag, primary(0.29198, 0.69225, 0.04189));
    profile.setData(ICC_Profile.icSigBlueColorantTag, primary(0.15710, 0.06657, 0.78407));
    byte[] data = profile.getData();
    var name = "ICC_PROFILE\0".getBytes(US_ASCII);
    var block = ByteBuffer.allocate(2 + 2 + name.length + 2 + data.length);
    block.putShort((short) 0xffe2).putShort((short) (block.capacity() - 2));
    block.put(name).put((byte) 1).put((byte) 1).put(data);
    return behindStart(jpeg, block.array());
  }

  private static byte[] primary(double... xyz) {
    var tag = ByteBuffer.allocate(8 + 4 * xyz.length).put("XYZ ".getBytes(US_ASCII)).putInt(0);
    for (double value : xyz) {
      tag.putInt((int) Math.round(value * 65536));
    }
    return tag.array();
  }

  /** Puts an EXIF block with one tag, the orientation, behind the start marker. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] block = new byte[36];
    byte[] head = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation
    };
    System.arraycopy(head, 0, block, 0, head.length);
    return behindStart(jpeg, block);
  }

  private static byte[] behindStart(byte[] jpeg, byte[] block) {
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(block);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static byte[] written(IIOImage image, float quality, int progressive) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(progressive);
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, image, parameters);
    }
    writer.dispose();
    return out.toByteArray();
  }
}
