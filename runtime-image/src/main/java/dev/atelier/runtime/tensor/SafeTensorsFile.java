package dev.atelier.runtime.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: eight bytes of header length, the JSON header, the tensors. Each tensor is
 * mapped into memory by itself, so files beyond 2 GB work and nothing is copied.
 */
public final class SafeTensorsFile {
  private static final long MAX_HEADER = 100_000_000;

  private final Path path;
  private final SafeTensorsHeader header;
  private final long dataStart;

  private SafeTensorsFile(Path path, SafeTensorsHeader header, long dataStart) {
    this.path = path;
    this.header = header;
    this.dataStart = dataStart;
  }

  /**
   * Reads the header and checks that the file holds all that it names.
   *
   * @throws WeightsException if the file is missing, truncated or no safetensors file
   */
  public static SafeTensorsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new WeightsException(
          "Weight file " + path + " does not exist. Copy the model's folder again.");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer length = read(channel, path, 0, 8, "the header's length");
      long bytes = length.getLong();
      if (bytes <= 0 || bytes > MAX_HEADER) {
        throw new WeightsException(
            "%s is no safetensors file: it asks for a header of %d bytes. Copy the file again."
                .formatted(path, bytes));
      }
      byte[] json = read(channel, path, 8, (int) bytes, "the header").array();
      var file = new SafeTensorsFile(path, SafeTensorsHeader.parse(json), 8 + bytes);
      file.checkLength(channel.size());
      return file;
    } catch (JsonProcessingException e) {
      throw new WeightsException(
          path + " is no safetensors file: its header is not JSON. Copy the file again.", e);
    } catch (SafeTensorsHeader.Inconsistent e) {
      throw new WeightsException(
          "%s is damaged: %s. Copy the file again.".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw new WeightsException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Every tensor of a file in its stored type, copied into the engine's memory. */
  public static Map<String, Tensor> readAll(Torch torch, Path path) {
    var file = open(path);
    var tensors = new LinkedHashMap<String, Tensor>();
    for (String name : file.names()) {
      try (Scope scope = Scope.open()) {
        tensors.put(name, scope.keep(file.map(torch, name).copy()));
      }
    }
    return tensors;
  }

  /** The tensors' names in file order. */
  public Set<String> names() {
    return header.entries().keySet();
  }

  /** The pairs of {@code __metadata__}. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** A tensor's dimensions. */
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  /** Where the file lies. */
  public Path path() {
    return path;
  }

  /**
   * Maps a tensor without copying it (bfloat16 is widened to float32). It is read-only: writing it
   * in place would end the process, and so does reading a view of it after it is closed.
   */
  public Tensor map(Torch torch, String name) {
    SafeTensorsHeader.Entry entry = entry(name);
    if (entry.bytes() == 0) {
      return torch.zeros(entry.shape()).to(entry.type());
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      var mapping = Mapping.of(channel, dataStart + entry.begin(), entry.bytes());
      return torch.mapped(mapping, entry.type(), entry.shape());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot map tensor " + name + " of " + path, e);
    }
  }

  /** Some rows of a matrix in their order, in float32; the others are not read. */
  Tensor rows(Torch torch, String name, long... rows) {
    SafeTensorsHeader.Entry entry = entry(name);
    long[] shape = entry.shape().clone();
    int bytes = Math.toIntExact(entry.bytes() / shape[0]);
    shape[0] = rows.length;
    ByteBuffer gathered = ByteBuffer.allocateDirect(bytes * rows.length);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Scope scope = Scope.open()) {
      for (int i = 0; i < rows.length; i++) {
        ByteBuffer row = gathered.slice(i * bytes, bytes);
        long at = dataStart + entry.begin() + rows[i] * bytes;
        while (row.hasRemaining() && channel.read(row, at + row.position()) >= 0) {
          continue;
        }
      }
      return scope.keep(torch.shared(gathered, entry.type(), shape).to(DType.FLOAT32).copy());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read tensor " + name + " of " + path, e);
    }
  }

  private SafeTensorsHeader.Entry entry(String name) {
    SafeTensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new WeightsException(path + " holds no tensor " + name + ".");
    }
    return entry;
  }

  private void checkLength(long size) {
    header
        .entries()
        .forEach(
            (name, entry) -> {
              if (dataStart + entry.end() > size) {
                throw new WeightsException(
                    "%s is truncated: tensor %s ends at byte %d but the file has %d bytes. Copy the file again."
                        .formatted(path, name, dataStart + entry.end(), size));
              }
            });
  }

  private static ByteBuffer read(FileChannel channel, Path path, long at, int bytes, String what)
      throws IOException {
    if (channel.size() < at + bytes) {
      throw new WeightsException(
          "%s is truncated: it ends within %s (%d bytes). Copy the file again."
              .formatted(path, what, channel.size()));
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      continue;
    }
    return buffer.flip();
  }
}
