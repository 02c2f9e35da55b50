package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A face embedding of the user's own, such as ArcFace or FaceNet. Its embeddings are brought to
 * length 1, so that distances lie in 0..2 and a cosine of c is a distance of {@code sqrt(2 - 2c)}.
 */
public final class FolderEmbedder implements FaceEmbedder, AutoCloseable {
  private final FacePreparation preparation;
  private final FaceNetwork network;
  private final String protocol;

  private FolderEmbedder(FacePreparation preparation, FaceNetwork network, String protocol) {
    this.preparation = preparation;
    this.network = network;
    this.protocol = protocol;
  }

  /**
   * Reads {@code model.onnx} and {@code preprocessor_config.json} of a folder.
   *
   * @param name of the model with the folder's digest, for reports
   */
  public static FolderEmbedder open(Path folder, String name, int threads) {
    var preparation = FacePreparation.read(present(folder, "preprocessor_config.json"));
    var model = ModelFile.at(present(folder, "model.onnx"));
    var network = new FaceNetwork(model, preparation.height(), preparation.width(), threads);
    return new FolderEmbedder(
        preparation, network, "%s, %s, length 1".formatted(name, preparation.protocol()));
  }

  @Override
  public Embedding embed(RgbImage picture, Face face) {
    return new Embedding(protocol, unit(network.read(preparation.planes(picture, face))));
  }

  @Override
  public String protocol() {
    return protocol;
  }

  private float[] unit(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    double length = Math.sqrt(sum);
    if (!(length > 0) || Double.isInfinite(length)) {
      throw new PerceptionException(
          "the face embedding %s gives zeros or no numbers for a face: compare image_mean, image_std and rescale_factor with what its network was trained on"
              .formatted(protocol));
    }
    var unit = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      unit[i] = (float) (values[i] / length);
    }
    return unit;
  }

  private static Path present(Path folder, String name) {
    var file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new PerceptionException(
          "%s is not there: a face embedding of your own is a folder of model.onnx and preprocessor_config.json; put the file there or correct the source"
              .formatted(file));
    }
    return file;
  }

  @Override
  public void close() {
    network.close();
  }
}
