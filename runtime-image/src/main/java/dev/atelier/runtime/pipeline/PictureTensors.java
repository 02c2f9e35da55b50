package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Between pictures as files hold them and as networks see them. */
public final class PictureTensors {

  private static final double HALF_RANGE = 127.5;

  private PictureTensors() {}

  /** The picture as {@code [1, 3, height, width]} in [-1, 1]. */
  public static Tensor of(Torch torch, RgbImage picture) {
    return torch
        .tensor(picture.values(), 1, picture.height(), picture.width(), 3)
        .permute(0, 3, 1, 2)
        .contiguous()
        .mul(1 / HALF_RANGE)
        .add(-1);
  }

  /** The pictures of {@code [pictures, 3, height, width]} in [0, 1]. */
  public static List<RgbImage> pictures(Tensor pixels) {
    int width = (int) pixels.size(3);
    int height = (int) pixels.size(2);
    var values = pixels.mul(2 * HALF_RANGE).permute(0, 2, 3, 1).contiguous().toFloats();
    int each = width * height * 3;
    var pictures = new ArrayList<RgbImage>();
    for (int at = 0; at < values.length; at += each) {
      pictures.add(new RgbImage(width, height, Arrays.copyOfRange(values, at, at + each)));
    }
    return pictures;
  }
}
