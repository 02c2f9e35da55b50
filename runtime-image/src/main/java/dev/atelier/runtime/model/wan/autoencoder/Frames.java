package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.tensor.Tensor;

/** Between clips and their frames. */
final class Frames {
  private Frames() {}

  /** {@code [batch, channels, frames, height, width]} to {@code [batch * frames, channels, ..]}. */
  static Tensor asPictures(Tensor clip) {
    long[] shape = clip.shape();
    return clip.permute(0, 2, 1, 3, 4).reshape(shape[0] * shape[2], shape[1], shape[3], shape[4]);
  }

  /** The way back. */
  static Tensor asClip(Tensor pictures, long batch) {
    long[] shape = pictures.shape();
    return pictures
        .reshape(batch, shape[0] / batch, shape[1], shape[2], shape[3])
        .permute(0, 2, 1, 3, 4);
  }

  /**
   * Squares of pixels as channels, columns of a square before its rows: {@code [batch, c, frames,
   * h, w]} to {@code [batch, c * edge * edge, frames, h / edge, w / edge]}.
   */
  static Tensor folded(Tensor clip, long edge) {
    long[] shape = clip.shape();
    return clip.reshape(shape[0], shape[1], shape[2], shape[3] / edge, edge, shape[4] / edge, edge)
        .permute(0, 1, 6, 4, 2, 3, 5)
        .reshape(shape[0], shape[1] * edge * edge, shape[2], shape[3] / edge, shape[4] / edge);
  }

  /** The way back. */
  static Tensor unfolded(Tensor clip, long edge) {
    long[] shape = clip.shape();
    return clip.reshape(
            shape[0], shape[1] / (edge * edge), edge, edge, shape[2], shape[3], shape[4])
        .permute(0, 1, 4, 5, 3, 6, 2)
        .reshape(shape[0], shape[1] / (edge * edge), shape[2], shape[3] * edge, shape[4] * edge);
  }
}
