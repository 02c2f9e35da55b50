package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.tensor.Tensor;

/** A part of a coder through which a clip passes in chunks of frames. */
interface ChunkLayer {
  /**
   * @param x {@code [batch, channels, frames, height, width]}
   * @param memory of the chunks before
   */
  Tensor forward(Tensor x, FrameMemory memory);
}
