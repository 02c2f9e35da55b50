package dev.atelier.runtime.perception;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A network of the user's own that reads whole clips, such as I3D, as an ONNX file. Its input is
 * {@code [1, 3, frames, height, width]}, its first output {@code [1, width]}.
 */
public final class ClipNetwork implements AutoCloseable {
  private static final int AXES = 5;
  private static final int COLOURS = 3;
  private static final int FRAMES_AXIS = 2;

  private final OnnxNetwork network;
  private final String name;
  private final long[] shape;

  /** Loads the network; one with another input is refused. */
  public ClipNetwork(ModelFile file, int threads) {
    this.name = file.name();
    this.network = new OnnxNetwork(file, threads);
    this.shape = network.inputShape();
    if (shape.length != AXES || (shape[1] != COLOURS && shape[1] >= 0)) {
      network.close();
      throw new PerceptionException(
          "the network %s reads %s, not clips of [1, 3, frames, height, width]; export it with that input"
              .formatted(name, Arrays.toString(shape)));
    }
  }

  /** Frames that the network reads; empty where it reads any number. */
  public OptionalInt frames() {
    long frames = shape[FRAMES_AXIS];
    return frames > 0 ? OptionalInt.of((int) frames) : OptionalInt.empty();
  }

  /**
   * The features of a clip.
   *
   * @param pixels row-major {@code [3, frames, height, width]}
   */
  public float[] read(float[] pixels, int frames, int height, int width) {
    var out = network.run(new Tensor(pixels, 1, COLOURS, frames, height, width)).get(0);
    if (out.shape().length != 2 || out.shape()[0] != 1) {
      throw new PerceptionException(
          "the network %s gives %s for a clip, not one row of features; export it up to its pooled features"
              .formatted(name, Arrays.toString(out.shape())));
    }
    return out.values();
  }

  @Override
  public void close() {
    network.close();
  }
}
