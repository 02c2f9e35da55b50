package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;

/** Yahoo's open_nsfw network (2016). Block at 0.8 and above, let a person look from 0.3. */
public final class OpenNsfw implements NudityScore, AutoCloseable {
  private static final int SIDE = 224;

  /** Mean of the training set, blue, green, red. */
  private static final float[] MEAN = {104, 117, 123};

  private final OnnxNetwork network;

  public OpenNsfw(ModelFile model, int threads) {
    this.network = new OnnxNetwork(model, threads);
  }

  /** The network that ships with the runtime. */
  public static OpenNsfw shipped(int threads) {
    return new OpenNsfw(ModelFile.shipped("open_nsfw.onnx"), threads);
  }

  @Override
  public double score(RgbImage picture) {
    var small = Resize.to(picture, SIDE, SIDE, Filter.TRIANGLE);
    var values = new float[SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int c = 0; c < 3; c++) {
        values[3 * i + c] = small.values()[3 * i + 2 - c] - MEAN[c];
      }
    }
    var outputs = network.run(new Tensor(values, 1, SIDE, SIDE, 3));
    return network.output(outputs, 2).values()[1];
  }

  @Override
  public String protocol() {
    return "open_nsfw " + network.digest();
  }

  @Override
  public void close() {
    network.close();
  }
}
