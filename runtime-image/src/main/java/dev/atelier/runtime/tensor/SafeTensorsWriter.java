package dev.atelier.runtime.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors files, tensors in the order of their names. */
public final class SafeTensorsWriter {
  private SafeTensorsWriter() {}

  /**
   * Writes beside the target, forces the bytes to the disk and then takes the target's name, so
   * that a reader sees the old file or the whole new one.
   *
   * @param metadata pairs for {@code __metadata__}; readers of diffusers expect {@code format=pt}
   */
  public static void write(Path target, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    var sorted = new TreeMap<>(tensors);
    byte[] header = padded(header(sorted, metadata).toJson());
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      put(channel, length.putLong(header.length).flip());
      put(channel, ByteBuffer.wrap(header));
      for (Tensor tensor : sorted.values()) {
        put(channel, tensor);
      }
      channel.force(true);
    }
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static SafeTensorsHeader header(
      Map<String, Tensor> tensors, Map<String, String> metadata) {
    var entries = new LinkedHashMap<String, SafeTensorsHeader.Entry>();
    long end = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      DType type = named.getValue().dtype();
      long begin = end;
      end = begin + named.getValue().count() * type.bytes();
      entries.put(
          named.getKey(), new SafeTensorsHeader.Entry(type, named.getValue().shape(), begin, end));
    }
    return new SafeTensorsHeader(metadata, entries);
  }

  /** The data start at a multiple of eight, as the format asks; spaces fill the header. */
  private static byte[] padded(byte[] json) {
    byte[] header = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(header, json.length, header.length, (byte) ' ');
    return header;
  }

  private static void put(FileChannel channel, Tensor tensor) throws IOException {
    try (Scope scope = Scope.open()) {
      put(channel, tensor.contiguous().bytes());
    }
  }

  private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
