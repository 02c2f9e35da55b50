package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * dlib's face recognition network (a ResNet of 29 layers, 128 numbers, Davis King, CC0).
 * Photographs of one person lie within 0.5 of each other, of two people mostly above 0.6.
 */
public final class DlibEmbedder implements FaceEmbedder, AutoCloseable {
  private final OnnxNetwork network;
  private final String protocol;

  public DlibEmbedder(ModelFile model, String protocol, int threads) {
    this.network = new OnnxNetwork(model, threads);
    this.protocol = protocol;
    var shape = network.inputShape();
    if (!readsChips(shape)) {
      network.close();
      throw new PerceptionException(
          "the face embedding %s reads %s, dlib's network [n, 3, 150, 150]; if it is another network, give it a name in spec.perception.faceEmbedding.model of the DiffusionRuntime and let source name its folder of model.onnx and preprocessor_config.json"
              .formatted(model.name(), Arrays.toString(shape)));
    }
  }

  /** The network that ships with the runtime. */
  public static DlibEmbedder shipped(int threads) {
    return new DlibEmbedder(ModelFile.shipped("face_embedding_dlib128.onnx"), "dlib128", threads);
  }

  private static boolean readsChips(long... shape) {
    var chip = new long[] {1, 3, FaceChip.SIDE, FaceChip.SIDE};
    return shape.length == chip.length
        && IntStream.range(0, chip.length).allMatch(i -> shape[i] < 0 || shape[i] == chip[i]);
  }

  @Override
  public Embedding embed(RgbImage picture, Face face) {
    var chip = FaceChip.planes(picture, face.landmarks());
    var outputs = network.run(new Tensor(chip, 1, 3, FaceChip.SIDE, FaceChip.SIDE));
    return new Embedding(protocol(), network.output(outputs, 128).values());
  }

  @Override
  public String protocol() {
    return protocol + " " + network.digest();
  }

  @Override
  public void close() {
    network.close();
  }
}
