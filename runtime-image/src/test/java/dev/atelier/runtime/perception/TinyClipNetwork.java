package dev.atelier.runtime.perception;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ONNX file of one layer, the mean over some axes of its input, written by hand (onnx.proto3):
 * it stands for networks that read whole clips.
 */
public final class TinyClipNetwork {
  private static final int FLOAT = 1;
  private static final int INT = 2;
  private static final int INTS = 7;

  private TinyClipNetwork() {}

  /**
   * Writes the file.
   *
   * @param input sizes of the axes; 0 for any
   * @param axes that the mean is taken over, and that are gone after it
   */
  public static void write(Path file, List<Integer> input, List<Integer> axes) throws IOException {
    write(file, "ReduceMean", input, axes);
  }

  /** The same by another operator that takes axes away. */
  static void write(Path file, String operator, List<Integer> input, List<Integer> axes)
      throws IOException {
    var node = new Message();
    node.text(1, "clip");
    node.text(2, "features");
    node.text(4, operator);
    var over = new Message();
    over.text(1, "axes");
    axes.forEach(axis -> over.number(8, axis));
    over.number(20, INTS);
    node.message(5, over);
    var dropped = new Message();
    dropped.text(1, "keepdims");
    dropped.number(3, 0);
    dropped.number(20, INT);
    node.message(5, dropped);

    var graph = new Message();
    graph.message(1, node);
    graph.text(2, "mean");
    graph.message(11, value("clip", input));
    graph.message(12, value("features", input.subList(0, input.size() - axes.size())));

    var opset = new Message();
    opset.number(2, 13);
    var model = new Message();
    model.number(1, 8);
    model.message(7, graph);
    model.message(8, opset);
    Files.write(file, model.bytes());
  }

  private static Message value(String name, List<Integer> sizes) {
    var shape = new Message();
    for (int i = 0; i < sizes.size(); i++) {
      var size = new Message();
      if (sizes.get(i) > 0 && name.equals("clip")) {
        size.number(1, sizes.get(i));
      } else {
        size.text(2, name + i);
      }
      shape.message(1, size);
    }
    var tensor = new Message();
    tensor.number(1, FLOAT);
    tensor.message(2, shape);
    var type = new Message();
    type.message(1, tensor);
    var value = new Message();
    value.text(1, name);
    value.message(2, type);
    return value;
  }

  /** A message of protocol buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int field, long value) {
      varint((long) field << 3);
      varint(value);
    }

    void text(int field, String value) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void message(int field, Message value) {
      bytes(field, value.bytes());
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
    }

    private void varint(long value) {
      long left = value;
      while (left > 127) {
        out.write((int) (left & 127 | 128));
        left >>>= 7;
      }
      out.write((int) left);
    }
  }
}
