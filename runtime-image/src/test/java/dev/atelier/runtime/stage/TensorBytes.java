package dev.atelier.runtime.stage;

import dev.atelier.runtime.store.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The bytes of a safetensors file behind its header, which names the run. */
final class TensorBytes {

  private TensorBytes() {}

  static String digest(byte[] file) {
    long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Digests.of(Arrays.copyOfRange(file, Math.toIntExact(8 + header), file.length));
  }
}
