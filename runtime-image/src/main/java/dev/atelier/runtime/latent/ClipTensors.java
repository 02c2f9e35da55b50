package dev.atelier.runtime.latent;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;

/** Between frames as files hold them and as video networks see them. */
public final class ClipTensors {

  private static final double HALF_RANGE = 127.5;

  private ClipTensors() {}

  /** The frames, all of one size, as {@code [1, 3, frames, height, width]} in [-1, 1]. */
  public static Tensor of(Torch torch, List<RgbImage> frames) {
    int width = frames.get(0).width();
    int height = frames.get(0).height();
    int each = width * height * 3;
    var values = new float[frames.size() * each];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i).values(), 0, values, i * each, each);
    }
    return torch
        .tensor(values, 1, frames.size(), height, width, 3)
        .permute(0, 4, 1, 2, 3)
        .contiguous()
        .mul(1 / HALF_RANGE)
        .add(-1)
        .clamp(-1, 1);
  }
}
