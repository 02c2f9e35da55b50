package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/**
 * Every picture of a world in one file, {@code [pictures, height, width, 3]} bytes, so that they
 * are drawn once; mapped into memory.
 */
final class PictureFile {

  private static final int TOGETHER = 240;
  private static final float HALF_RANGE = 127.5f;

  private final int edge;
  private final MappedByteBuffer bytes;

  private PictureFile(int edge, MappedByteBuffer bytes) {
    this.edge = edge;
    this.bytes = bytes;
  }

  /** Opens the file, after drawing what it lacks. */
  static PictureFile of(DrawnWorld world, Path file, RunLog log, StopRequest stop)
      throws IOException {
    draw(world, file, log, stop);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new PictureFile(
          world.size().edge(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  /** Whole groups are appended, so that an interrupted run goes on after the last whole one. */
  private static void draw(DrawnWorld world, Path file, RunLog log, StopRequest stop)
      throws IOException {
    int edge = world.size().edge();
    long each = 3L * edge * edge;
    int all = world.size().pictures();
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      int done = (int) (channel.size() / each) / TOGETHER * TOGETHER;
      done = channel.size() == all * each ? all : done;
      if (done == all) {
        return;
      }
      channel.truncate(done * each).position(done * each);
      for (int at = done; at < all; at += TOGETHER) {
        stop.check();
        int end = Math.min(all, at + TOGETHER);
        var drawn =
            IntStream.range(at, end).parallel().mapToObj(i -> bytes(world.draw(i))).toList();
        for (var picture : drawn) {
          channel.write(ByteBuffer.wrap(picture));
        }
        log.progress("drawing", end, all, "");
      }
      channel.force(true);
    }
  }

  private static byte[] bytes(RgbImage picture) {
    BufferedImage image = picture.toBuffered();
    var bytes = new byte[3 * image.getWidth() * image.getHeight()];
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        bytes[i++] = (byte) (rgb >> 16);
        bytes[i++] = (byte) (rgb >> 8);
        bytes[i++] = (byte) rgb;
      }
    }
    return bytes;
  }

  /** Whole pictures as {@code [pictures, 3, edge, edge]} in [-1, 1]. */
  Tensor pictures(Torch torch, int... numbers) {
    return crops(torch, edge, 0, 0, numbers);
  }

  /** The square from the given corner of each picture, {@code [pictures, 3, crop, crop]}. */
  Tensor crops(Torch torch, int crop, int left, int top, int... numbers) {
    var values = new float[numbers.length * 3 * crop * crop];
    int plane = crop * crop;
    for (int n = 0; n < numbers.length; n++) {
      for (int y = 0; y < crop; y++) {
        for (int x = 0; x < crop; x++) {
          long at = ((long) numbers[n] * edge * edge + (long) (top + y) * edge + left + x) * 3;
          int to = n * 3 * plane + y * crop + x;
          for (int c = 0; c < 3; c++) {
            values[to + c * plane] = (bytes.get((int) at + c) & 255) / HALF_RANGE - 1;
          }
        }
      }
    }
    return torch.tensor(values, numbers.length, 3, crop, crop);
  }
}
