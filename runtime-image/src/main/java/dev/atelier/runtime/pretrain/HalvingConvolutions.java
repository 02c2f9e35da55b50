package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.GroupNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Four convolutions that halve what they read, with norms; what small readers begin with. */
final class HalvingConvolutions {

  private static final int[] WIDTHS = {32, 64, 96, 128};
  private static final int GROUPS = 16;

  private final List<Conv2d> convolutions = new ArrayList<>();
  private final List<GroupNorm> norms = new ArrayList<>();

  /**
   * @param channels of what is read
   */
  HalvingConvolutions(Layers root, int channels) {
    int in = channels;
    for (int i = 0; i < WIDTHS.length; i++) {
      convolutions.add(root.conv("convolutions." + i, in, WIDTHS[i], 3, 2, 1));
      norms.add(root.groupNorm("norms." + i, WIDTHS[i], GROUPS, 1e-5));
      in = WIDTHS[i];
    }
  }

  /**
   * How many values are left of each picture: where something is tells what it is, so places stay.
   *
   * @param edge of the pictures, a multiple of 16
   */
  static long left(int edge) {
    int left = edge >> WIDTHS.length;
    return (long) WIDTHS[WIDTHS.length - 1] * left * left;
  }

  /**
   * What is left, {@code [pictures, left]}.
   *
   * @param pictures {@code [pictures, channels, edge, edge]}
   */
  Tensor forward(Tensor pictures) {
    var x = pictures;
    for (int i = 0; i < convolutions.size(); i++) {
      x = norms.get(i).forwardSilu(convolutions.get(i).forward(x));
    }
    return x.reshape(x.size(0), -1);
  }
}
