package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Tensor;

/** A layer that is linear in its input, so that a low-rank change of its weight can join it. */
public sealed interface Adaptable extends Layer permits Linear, Conv2d {
  /** The weight: {@code [out, in]} or {@code [out, in, kernel height, kernel width]}. */
  Tensor weight();

  /**
   * Adds the adapter's share to every output from now on, after the adapters that are there
   * already. The layer does not own the adapter's tensors.
   */
  void adapt(LowRank adapter);

  /** Takes all adapters off. */
  void removeAdapters();

  /** Adds the adapter to the weight itself; the forward pass then costs what it cost before. */
  void fuse(LowRank adapter);
}
