package dev.atelier.runtime.perception;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.atelier.runtime.store.Digests;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One ONNX model with a single input, run on the CPU. Safe for use by several threads. */
final class OnnxNetwork implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String name;
  private final String input;
  private final String digest;

  OnnxNetwork(ModelFile file, int threads) {
    this.name = file.name();
    var bytes = file.bytes();
    this.digest = Digests.of(bytes).substring(0, 12);
    this.session = opened(bytes, threads);
    this.input = named(session);
  }

  private OrtSession opened(byte[] model, int threads) {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      return environment.createSession(model, options);
    } catch (OrtException e) {
      throw new PerceptionException(
          "the perception model "
              + name
              + " is not a model that ONNX Runtime can load: "
              + e.getMessage(),
          e);
    }
  }

  /** The name of the first input; a session without any is closed. */
  private String named(OrtSession opened) {
    try (var networks = new OpenModels()) {
      networks.add(opened);
      return networks.kept(
          opened.getInputNames().stream()
              .findFirst()
              .orElseThrow(
                  () ->
                      new PerceptionException(
                          "the perception model %s has no input: is it the right file?"
                              .formatted(name))));
    }
  }

  /** The first 12 digits of the file's SHA-256, for protocols. */
  String digest() {
    return digest;
  }

  /** Sizes of the input's axes; -1 where any will do. */
  long[] inputShape() {
    return inputs().get(0).shape();
  }

  /** What the model reads, in its order. */
  List<Port> inputs() {
    return ports(session::getInputInfo);
  }

  /** What the model gives, in its order. */
  List<Port> outputs() {
    return ports(session::getOutputInfo);
  }

  /**
   * An input or output.
   *
   * @param floats whether it is a tensor of float32
   * @param shape sizes of the axes; -1 where any will do
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Port(boolean floats, long... shape) {
    private static Port of(NodeInfo node) {
      return node.getInfo() instanceof TensorInfo tensor
          ? new Port(tensor.type == OnnxJavaType.FLOAT, tensor.getShape())
          : new Port(false);
    }
  }

  private interface Nodes {
    Map<String, NodeInfo> get() throws OrtException;
  }

  private List<Port> ports(Nodes nodes) {
    try {
      return nodes.get().values().stream().map(Port::of).toList();
    } catch (OrtException e) {
      throw new PerceptionException(
          "the perception model "
              + name
              + " does not tell its inputs and outputs: "
              + e.getMessage(),
          e);
    }
  }

  /** All outputs, in the model's order. */
  List<Tensor> run(Tensor in) {
    try (var tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(in.values()), in.shape());
        var result = session.run(Map.of(input, tensor))) {
      var outputs = new ArrayList<Tensor>();
      for (var entry : result) {
        outputs.add(copy((OnnxTensor) entry.getValue()));
      }
      return outputs;
    } catch (OrtException e) {
      throw new PerceptionException(
          "the perception model " + name + " failed: " + e.getMessage(), e);
    }
  }

  /**
   * The output whose last axis has this size: conversions differ in names and order, never in this.
   */
  Tensor output(List<Tensor> outputs, int lastAxis) {
    for (var output : outputs) {
      if (output.last() == lastAxis) {
        return output;
      }
    }
    throw new PerceptionException(
        "the perception model "
            + name
            + " has no output of "
            + lastAxis
            + " numbers: is it the right file?");
  }

  private static Tensor copy(OnnxTensor tensor) {
    var buffer = tensor.getFloatBuffer();
    var values = new float[buffer.remaining()];
    buffer.get(values);
    return new Tensor(values, tensor.getInfo().getShape());
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new PerceptionException(
          "the perception model " + name + " could not be closed: " + e.getMessage(), e);
    }
  }
}
