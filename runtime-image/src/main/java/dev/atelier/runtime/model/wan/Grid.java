package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.tensor.Tensor;
import java.util.List;

/** Tokens of a clip along time, height and width. */
record Grid(int frames, int height, int width) {

  /** The tokens of latents {@code [batch, channels, frames, height, width]}. */
  static Grid of(Tensor latents, List<Integer> patch) {
    int[] size = new int[3];
    for (int axis = 0; axis < size.length; axis++) {
      long length = latents.size(axis + 2);
      if (length % patch.get(axis) != 0) {
        throw new IllegalArgumentException(
            "Latents of %d x %d x %d (time, height, width) cannot be cut into patches of %s; choose a size that can."
                .formatted(latents.size(2), latents.size(3), latents.size(4), patch));
      }
      size[axis] = (int) (length / patch.get(axis));
    }
    return new Grid(size[0], size[1], size[2]);
  }

  int tokens() {
    return frames * height * width;
  }
}
