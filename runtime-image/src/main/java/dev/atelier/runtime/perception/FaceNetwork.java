package dev.atelier.runtime.perception;

import java.util.Arrays;

/**
 * A face embedding's network as an ONNX file: one input of one face, {@code [1, 3, height, width]}
 * or {@code [1, height, width, 3]} as its axes say, and one output {@code [1, n]}.
 */
final class FaceNetwork implements AutoCloseable {
  /** Where the colours are. */
  private enum Layout {
    PLANES,
    PIXELS
  }

  private final OnnxNetwork network;
  private final String name;
  private final int height;
  private final int width;
  private final Layout layout;

  /**
   * Loads the network and lets it read a bright and a dark picture; one of another form, or that
   * gives zeros or no numbers, is refused.
   */
  FaceNetwork(ModelFile file, int height, int width, int threads) {
    this.name = file.name();
    this.height = height;
    this.width = width;
    this.network = new OnnxNetwork(file, threads);
    try {
      this.layout = layout();
      requireNumbers(read(ramp(1)));
      requireNumbers(read(ramp(-1)));
    } catch (PerceptionException e) {
      network.close();
      throw e;
    }
  }

  /**
   * The numbers of a face as the network gives them.
   *
   * @param planes row-major {@code [3, height, width]}
   */
  float[] read(float[] planes) {
    var in =
        layout == Layout.PLANES
            ? new Tensor(planes, 1, 3, height, width)
            : new Tensor(interleaved(planes), 1, height, width, 3);
    var out = network.run(in).get(0);
    if (out.shape().length != 2 || out.shape()[0] != 1 || out.last() < 2) {
      throw refused("gives %s for a face".formatted(Arrays.toString(out.shape())));
    }
    return out.values();
  }

  /** Values from 0 to the given one: none that a network could be blind to. */
  private float[] ramp(float to) {
    var planes = new float[3 * height * width];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = to * i / planes.length;
    }
    return planes;
  }

  private void requireNumbers(float[] embedding) {
    double sum = 0;
    for (float value : embedding) {
      sum += Math.abs(value);
    }
    if (!(sum >= Float.MIN_NORMAL) || Double.isInfinite(sum)) {
      throw new PerceptionException(
          "the network %s gives %s for a picture, by which nobody can be told from anybody; export it anew, in float32 and with its weights"
              .formatted(name, sum < Float.MIN_NORMAL ? "nothing but zeros" : "what is no number"));
    }
  }

  private Layout layout() {
    var inputs = network.inputs();
    if (inputs.size() != 1) {
      throw refused("has %d inputs".formatted(inputs.size()));
    }
    var outputs = network.outputs();
    if (outputs.size() != 1) {
      throw refused("has %d outputs".formatted(outputs.size()));
    }
    if (!inputs.get(0).floats() || !outputs.get(0).floats()) {
      throw refused("reads or gives other numbers than float32");
    }
    var shape = inputs.get(0).shape();
    boolean planes = fits(shape, 3, height, width);
    boolean pixels = fits(shape, height, width, 3);
    if (planes == pixels) {
      throw refused(
          planes
              ? "does not say which axis of its input %s holds the colours"
                  .formatted(Arrays.toString(shape))
              : "reads %s".formatted(Arrays.toString(shape)));
    }
    return planes ? Layout.PLANES : Layout.PIXELS;
  }

  /** Whether one face with these axes can be read; an axis of -1 takes any size. */
  private static boolean fits(long[] shape, long... axes) {
    if (shape.length != 4 || shape[0] > 1) {
      return false;
    }
    for (int i = 0; i < axes.length; i++) {
      if (shape[i + 1] >= 0 && shape[i + 1] != axes[i]) {
        return false;
      }
    }
    return true;
  }

  private float[] interleaved(float[] planes) {
    int size = height * width;
    var pixels = new float[planes.length];
    for (int i = 0; i < planes.length; i++) {
      pixels[3 * (i % size) + i / size] = planes[i];
    }
    return pixels;
  }

  private PerceptionException refused(String what) {
    return new PerceptionException(
        "the network %1$s %2$s; export it with one float32 input [batch, 3, %3$d, %4$d] or [batch, %3$d, %4$d, 3], as size of preprocessor_config.json says, and one output [batch, n]"
            .formatted(name, what, height, width));
  }

  @Override
  public void close() {
    network.close();
  }
}
