package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.upscale.Upscaler;
import dev.atelier.runtime.pipeline.Delivery;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.video.FrameFit;
import dev.atelier.runtime.video.FrameSequence;
import java.util.Optional;

/**
 * The frames of a clip as they are delivered, one at a time: enlarged by a network where there is
 * one, then brought to the size that was asked for.
 *
 * @param pixels {@code [1, 3, frames, height, width]} in [0, 1]
 */
public record ClipFrames(Tensor pixels, Optional<Upscaler> upscaler, int width, int height)
    implements FrameSequence {

  @Override
  public int count() {
    return (int) pixels.size(2);
  }

  /** How frames come to their size. */
  public FrameFit fit() {
    return delivery().fit((int) pixels.size(4), (int) pixels.size(3));
  }

  @Override
  public RgbImage frame(int index) {
    try (Scope scope = Scope.open()) {
      Tensor made = pixels.narrow(2, index, 1).reshape(1, 3, pixels.size(3), pixels.size(4));
      return delivery().of(made);
    }
  }

  private Delivery delivery() {
    return new Delivery(upscaler, width, height);
  }
}
