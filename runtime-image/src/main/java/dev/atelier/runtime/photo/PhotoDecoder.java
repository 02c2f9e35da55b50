package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Orientation;
import dev.atelier.runtime.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads JPEG (baseline, progressive, CMYK), PNG and WebP, upright by EXIF. Files that cannot be
 * used come back as {@link Decoded.Refused} with what to do about it; this class throws nothing for
 * bad files.
 */
public final class PhotoDecoder {
  private static final String BROKEN =
      "the file is damaged or was cut off: upload it again, or export it anew as JPEG";

  private final DecodeLimits limits;

  public PhotoDecoder(DecodeLimits limits) {
    this.limits = limits;
  }

  public Decoded decode(Path file) {
    try {
      long size = Files.size(file);
      return size > limits.maxBytes() ? tooManyBytes(size) : decode(file, Files.readAllBytes(file));
    } catch (IOException e) {
      return refused(
          Verdict.Unreadable,
          "the file cannot be read (" + e.getMessage() + "): check that it is still there");
    }
  }

  private Decoded decode(Path path, byte[] file) {
    var kind = FileKind.of(file);
    if (kind.refusal().isPresent()) {
      return refused(Verdict.Unreadable, kind.refusal().get());
    }
    if (kind.animated(file)) {
      return refused(Verdict.Unreadable, "the picture is animated: send a still photo");
    }
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      var readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return refused(Verdict.Unreadable, BROKEN);
      }
      var reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > limits.maxPixels()) {
          return tooManyPixels(reader.getWidth(0), reader.getHeight(0));
        }
        var orientation = ExifOrientation.of(file);
        return kind == FileKind.WEBP && pixels > limits.decodePixels()
            ? large(path, file, reader, orientation)
            : read(reader, orientation);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Codecs throw whatever their parser stumbled over; for the person the cause is the file.
      return refused(Verdict.Unreadable, BROKEN);
    }
  }

  private Decoded read(ImageReader reader, Orientation orientation) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    var warnings = new ArrayList<String>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    int every = limits.subsampling(width, height);
    var parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(every, every, 0, 0);
    Canvas.of(reader, every).ifPresent(parameters::setDestination);
    BufferedImage stored = reader.read(0, parameters);
    if (warnings.stream().anyMatch(PhotoDecoder::tellsOfDamage)) {
      return refused(Verdict.Unreadable, BROKEN);
    }
    var image =
        orientation.upright(
            RgbImage.reduced(stored, limits.reduction(stored.getWidth(), stored.getHeight())));
    return picture(image, width, height, orientation);
  }

  private Decoded large(Path path, byte[] file, ImageReader reader, Orientation orientation)
      throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    return LargeWebp.read(path, file, limits.workingEdge(), orientation)
        .<Decoded>map(image -> picture(image, width, height, orientation))
        .orElseGet(() -> refused(Verdict.Unreadable, BROKEN));
  }

  /** An upright picture of a photo that is stored in this size. */
  private static Decoded picture(RgbImage upright, int width, int height, Orientation stored) {
    return stored.swapsSides()
        ? new Decoded.Picture(upright, height, width)
        : new Decoded.Picture(upright, width, height);
  }

  /** libjpeg fills what is missing with gray and only warns. */
  private static boolean tellsOfDamage(String warning) {
    return warning.contains("Premature end")
        || warning.contains("Corrupt")
        || warning.contains("Truncated");
  }

  private Decoded tooManyPixels(long width, long height) {
    return refused(
        Verdict.TooLarge,
        "the photo has %d megapixels (%dx%d), at most %d can be read: make it smaller"
            .formatted(width * height / 1_000_000, width, height, limits.maxPixels() / 1_000_000));
  }

  private Decoded tooManyBytes(long size) {
    return refused(
        Verdict.TooLarge,
        "the file has %d MB, at most %d can be read: export it as JPEG or make it smaller"
            .formatted(size / 1_000_000, limits.maxBytes() / 1_000_000));
  }

  private static Decoded refused(Verdict verdict, String advice) {
    return new Decoded.Refused(new Finding(verdict, advice));
  }
}
