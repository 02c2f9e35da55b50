package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;

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
  }

  /** The network that ships with the runtime. */
  public static DlibEmbedder shipped(int threads) {
    return new DlibEmbedder(ModelFile.shipped("face_embedding_dlib128.onnx"), "dlib128", threads);
  }

  @Override
  public Embedding embed(RgbImage picture, Face face) {
    var chip = FaceChip.planes(picture, face.landmarks());
    var outputs = network.run(new Tensor(chip, 1, 3, FaceChip.SIDE, FaceChip.SIDE));
    return new Embedding(network.output(outputs, 128).values());
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
