package dev.atelier.runtime.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the TorchScript archive that holds the operators DJL lacks: a stored zip with a pickled
 * module that has no state, and its methods in serialised TorchScript.
 *
 * <p>The layout is the one of {@code torch/csrc/jit/serialization}; file version 10 because older
 * versions resolve {@code gelu} to the schema without {@code approximate}.
 */
final class ScriptArchive {
  private static final String CLASS = "Operators";
  private static final String SOURCE = "operators.torchscript";

  private ScriptArchive() {}

  /** The archive's bytes, ready for the engine's module loader. */
  static byte[] bytes() {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "m/data.pkl", pickledModule());
      put(zip, "m/code/__torch__.py", source());
      put(zip, "m/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "m/version", "10\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] source() throws IOException {
    String head =
        "class "
            + CLASS
            + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
            + "  _is_full_backward_hook : Optional[bool]\n";
    try (InputStream in = ScriptArchive.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IOException("the class path lacks " + SOURCE + "; rebuild the runtime's jar");
      }
      var source = new ByteArrayOutputStream();
      source.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      in.transferTo(source);
      return source.toByteArray();
    }
  }

  /** Pickle protocol 2 of {@code __torch__.Operators()} with its two boolean attributes. */
  private static byte[] pickledModule() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2});
    out.writeBytes(("c__torch__\n" + CLASS + "\n").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
    text(out, "training");
    out.write(0x88);
    text(out, "_is_full_backward_hook");
    out.writeBytes(new byte[] {'N', 'u', 'b', '.'});
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(new byte[] {'X', (byte) bytes.length, 0, 0, 0});
    out.writeBytes(bytes);
  }

  private static void put(ZipOutputStream zip, String name, byte[] data) throws IOException {
    var entry = new ZipEntry(name);
    var crc = new CRC32();
    crc.update(data);
    entry.setSize(data.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }
}
