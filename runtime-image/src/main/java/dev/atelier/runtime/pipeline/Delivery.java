package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.upscale.Upscaler;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.video.FrameFit;
import java.util.Optional;

/**
 * How a made picture or frame comes to the size that was asked for: enlarged by a network where
 * there is one, then fitted.
 *
 * @param width wanted
 * @param height wanted
 */
public record Delivery(Optional<Upscaler> upscaler, int width, int height) {

  /** How what is made in that size is fitted. */
  public FrameFit fit(int madeWidth, int madeHeight) {
    return new FrameFit(
        madeWidth, madeHeight, upscaler.map(Upscaler::scale).orElse(1), width, height);
  }

  /** The picture in the wanted size, of {@code [1, 3, height, width]} in [0, 1]. */
  public RgbImage of(Tensor made) {
    try (Scope scope = Scope.open()) {
      Tensor large = upscaler.isPresent() ? upscaler.get().enlarge(made) : made;
      return fit((int) made.size(3), (int) made.size(2)).fit(PictureTensors.pictures(large).get(0));
    }
  }
}
