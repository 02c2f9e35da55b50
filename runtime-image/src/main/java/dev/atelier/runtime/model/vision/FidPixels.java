package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;

/**
 * Pictures as the FID network takes them: rounded to 8 bits, resized to 299 x 299 as TensorFlow 1
 * did it (bilinear between two neighbours, no half-pixel offset, no antialiasing), {@code (x - 128)
 * / 128}. torch-fidelity does so; {@link FidProtocol} names the other way.
 */
public final class FidPixels {
  /** Edge of the network's input. */
  public static final int EDGE = 299;

  private FidPixels() {}

  /** {@code [pictures, 3, 299, 299]}. */
  public static Tensor of(Torch torch, List<RgbImage> pictures) {
    int plane = EDGE * EDGE;
    var values = new float[pictures.size() * 3 * plane];
    for (int i = 0; i < pictures.size(); i++) {
      for (int y = 0; y < EDGE; y++) {
        row(pictures.get(i), y, values, i * 3 * plane);
      }
    }
    return torch.tensor(values, pictures.size(), 3, EDGE, EDGE);
  }

  private static void row(RgbImage picture, int y, float[] values, int start) {
    float fromY = y * ((float) picture.height() / EDGE);
    int top = Math.min((int) fromY, picture.height() - 1);
    int bottom = Math.min(top + 1, picture.height() - 1);
    for (int x = 0; x < EDGE; x++) {
      float fromX = x * ((float) picture.width() / EDGE);
      int left = Math.min((int) fromX, picture.width() - 1);
      int right = Math.min(left + 1, picture.width() - 1);
      for (int channel = 0; channel < 3; channel++) {
        float upper =
            mixed(at(picture, left, top, channel), at(picture, right, top, channel), fromX - left);
        float lower =
            mixed(
                at(picture, left, bottom, channel),
                at(picture, right, bottom, channel),
                fromX - left);
        values[start + (channel * EDGE + y) * EDGE + x] =
            (mixed(upper, lower, fromY - top) - 128) / 128;
      }
    }
  }

  private static float mixed(float a, float b, float share) {
    return a + (b - a) * share;
  }

  private static float at(RgbImage picture, int x, int y, int channel) {
    return Math.max(0, Math.min(255, Math.round(picture.at(x, y, channel))));
  }
}
