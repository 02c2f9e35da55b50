package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Map;
import java.util.Objects;

/**
 * Sets the weights of an RRDBNet so that it begins as two bilinear enlargements: red, green and
 * blue pass in the first three channels, which no other channel adds to, and what doubles pixels is
 * followed by the kernel (1, 2, 1) / 4 each way. They are not negative, so that every leaky ReLU
 * lets them through. The other channels keep what they have.
 */
record BilinearStart(Torch torch, int channels) {

  private static final int COLOURS = 3;
  private static final int TAPS = 9;
  private static final float[] SAME = {0, 0, 0, 0, 1, 0, 0, 0, 0};
  private static final float[] BETWEEN = {
    1 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 4 / 16f, 2 / 16f, 1 / 16f, 2 / 16f, 1 / 16f
  };

  /** Overwrites what leads from pixels to pixels. */
  void begin(Map<String, Tensor> weights) {
    try (Scope scope = Scope.open()) {
      pass(weights, "conv_first", COLOURS, SAME);
      pass(weights, "conv_up1", channels, BETWEEN);
      pass(weights, "conv_up2", channels, BETWEEN);
      pass(weights, "conv_hr", channels, SAME);
      pass(weights, "conv_last", channels, SAME);
      Tensor body = weight(weights, "conv_body");
      body.copyInPlace(torch.zeros(body.shape()));
    }
  }

  private void pass(Map<String, Tensor> weights, String layer, int inputs, float[] kernel) {
    Tensor into = weight(weights, layer);
    float[] values = into.toFloats();
    for (int colour = 0; colour < COLOURS; colour++) {
      int row = colour * inputs * TAPS;
      for (int i = 0; i < inputs * TAPS; i++) {
        values[row + i] = i / TAPS == colour ? kernel[i % TAPS] : 0;
      }
    }
    into.copyInPlace(torch.tensor(values, into.shape()));
  }

  private static Tensor weight(Map<String, Tensor> weights, String layer) {
    return Objects.requireNonNull(weights.get(layer + ".weight"), layer);
  }
}
