package dev.atelier.runtime.photo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;

/** A GIF of two frames. */
final class AnimatedGif {
  private AnimatedGif() {}

  static byte[] of(BufferedImage image) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("gif").next();
    var out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      writer.writeToSequence(new IIOImage(image, null, null), null);
      writer.writeToSequence(new IIOImage(Darkroom.mirrored(image), null, null), null);
      writer.endWriteSequence();
    }
    writer.dispose();
    return out.toByteArray();
  }
}
