package dev.atelier.runtime.gallery;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as pages and sheets show it, small enough to keep hundreds of them.
 *
 * @param uri the picture itself as a data URI, at most 640 pixels long
 * @param thumbnail at most 192 pixels long
 * @param width of the picture that the URI holds
 * @param height of the picture that the URI holds
 */
public record Preview(String uri, RgbImage thumbnail, int width, int height) {

  private static final int EDGE = 640;
  private static final int THUMBNAIL = 192;

  /** Up to this edge a lossless file is small anyway. */
  private static final int LOSSLESS = 128;

  private static final float QUALITY = 0.88f;

  /** The preview of a picture of any size. */
  public static Preview of(RgbImage picture) {
    var shown = Resize.atMost(picture, EDGE, Filter.LANCZOS);
    var thumbnail = Resize.atMost(picture, THUMBNAIL, Filter.LANCZOS);
    boolean small = Math.max(shown.width(), shown.height()) <= LOSSLESS;
    var uri = small ? uri("png", PngFile.of(shown)) : uri("jpeg", jpeg(shown.toBuffered()));
    return new Preview(uri, thumbnail, shown.width(), shown.height());
  }

  private static String uri(String type, byte[] bytes) {
    return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] jpeg(BufferedImage picture) {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      var settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
