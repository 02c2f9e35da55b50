package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/**
 * Bridges a stage of Wan 2.2 without weights: positions become channels, which are averaged in
 * groups, or channels are repeated and become positions.
 *
 * @param out channels behind the stage
 * @param time factor of the frames, 1 or 2
 * @param space factor of height and width, 1 or 2
 */
record Shortcut(int out, int time, int space) {

  /** {@code [batch, in, frames, h, w]} to {@code [batch, out, frames / time, h / space, ..]}. */
  Tensor smaller(Tensor x) {
    long missing = Math.floorMod(-x.size(2), (long) time);
    Tensor clip = missing == 0 ? x : Ops.pad(x, 0, 0, 0, 0, missing, 0);
    long[] shape = clip.shape();
    long frames = shape[2] / time;
    long height = shape[3] / space;
    long width = shape[4] / space;
    return clip.reshape(shape[0], shape[1], frames, time, height, space, width, space)
        .permute(0, 1, 3, 5, 7, 2, 4, 6)
        .reshape(shape[0], out, -1, frames, height, width)
        .mean(2)
        .reshape(shape[0], out, frames, height, width);
  }

  /**
   * The other way.
   *
   * @param first whether the chunk begins the clip: its first frame does not become several
   */
  Tensor larger(Tensor x, boolean first) {
    long[] shape = x.shape();
    long repeats = (long) out * time * space * space / shape[1];
    Tensor all =
        x.reshape(shape[0], shape[1], 1, shape[2], shape[3], shape[4])
            .expand(shape[0], shape[1], repeats, shape[2], shape[3], shape[4])
            .reshape(shape[0], out, time, space, space, shape[2], shape[3], shape[4])
            .permute(0, 1, 5, 2, 6, 3, 7, 4)
            .reshape(shape[0], out, shape[2] * time, shape[3] * space, shape[4] * space);
    long dropped = first ? time - 1L : 0;
    return all.narrow(2, dropped, all.size(2) - dropped);
  }
}
