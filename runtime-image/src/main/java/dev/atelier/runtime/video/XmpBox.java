package dev.atelier.runtime.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * XMP in an MP4 file: a box of type {@code uuid} behind all others (XMP Specification Part 3,
 * section 1.2.7.1). Players pass over boxes they do not know.
 */
final class XmpBox {
  /** The identifier that the specification gives: BE7ACFCB-97A9-42E8-9C71-999491E3AFAC. */
  private static final long XMP_HIGH = 0xBE7ACFCB97A942E8L;

  private static final long XMP_LOW = 0x9C71999491E3AFACL;
  private static final int HEADER = 4 + 4 + 16;

  private XmpBox() {}

  static void append(Path file, String packet) throws IOException {
    byte[] text = packet.getBytes(StandardCharsets.UTF_8);
    ByteBuffer box = ByteBuffer.allocate(HEADER + text.length);
    box.putInt(HEADER + text.length);
    box.put("uuid".getBytes(StandardCharsets.US_ASCII));
    box.putLong(XMP_HIGH).putLong(XMP_LOW).put(text).flip();
    try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      while (box.hasRemaining()) {
        channel.write(box);
      }
    }
  }
}
