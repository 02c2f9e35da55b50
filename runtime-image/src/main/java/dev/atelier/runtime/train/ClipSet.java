package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;

/** Clips, or pictures, of one size whose latents and caption states were computed beforehand. */
public interface ClipSet {
  /** How many there are. */
  int size();

  /** Normalised latents {@code [channels, frames, height, width]}; one frame for a picture. */
  Tensor latents(int index);

  /** States of the caption {@code [words, width]}, without padding. */
  Tensor caption(int index);
}
