package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PillowResize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;

/**
 * How a picture becomes the input of the FID network. The distances of two protocols differ (Parmar
 * et al. 2022) and must not be compared, so each has a name that stands beside its numbers.
 */
public enum FidProtocol {
  /** As torch-fidelity and the original FID: {@link FidPixels}. */
  TORCH_FIDELITY("TensorFlow bilinear 299 x 299") {
    @Override
    public Tensor pixels(Torch torch, RgbImage picture) {
      return FidPixels.of(torch, List.of(picture));
    }
  },
  /**
   * As clean-fid's mode {@code clean}: bicubic with antialiasing on floating point channels, cut to
   * 0..255, not rounded, {@code (x - 128) / 128}.
   */
  CLEAN_FID("clean-fid, Pillow bicubic 299 x 299") {
    @Override
    public Tensor pixels(Torch torch, RgbImage picture) {
      int edge = FidPixels.EDGE;
      var resized = PillowResize.unrounded(picture, edge, edge, Filter.BICUBIC);
      var values = new float[3 * edge * edge];
      for (int i = 0; i < values.length; i++) {
        int pixel = i % (edge * edge);
        float value = resized.at(pixel % edge, pixel / edge, i / (edge * edge));
        values[i] = (Math.max(0, Math.min(255, value)) - 128) / 128;
      }
      return torch.tensor(values, 1, 3, edge, edge);
    }
  };

  private final String title;

  FidProtocol(String title) {
    this.title = title;
  }

  /** For reports. */
  public String title() {
    return title;
  }

  /** One picture, {@code [1, 3, 299, 299]}. */
  public abstract Tensor pixels(Torch torch, RgbImage picture);
}
