package dev.atelier.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a safetensors file holds, without its metadata: there stands whose model it is, which
 * differs between two models with the very same weights.
 */
final class TensorDigest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TensorDigest() {}

  /** SHA-256 over names, types, shapes and bytes of all tensors. */
  static String of(Path file) {
    try {
      var content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      var header = new byte[Math.toIntExact(content.getLong())];
      content.get(header);
      var tensors = (ObjectNode) JSON.readTree(header);
      tensors.remove("__metadata__");
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(tensors.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(content);
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
