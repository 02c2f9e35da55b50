package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/**
 * What the denoiser is told besides sample and timestep.
 *
 * @param text the text encoder's states {@code [batch, tokens, cross attention width]}
 * @param size SDXL's further conditions
 */
public record Conditions(Tensor text, Optional<Size> size) {

  /**
   * SDXL's further conditions.
   *
   * @param textEmbeds pooled text {@code [batch, width]}
   * @param timeIds original height, width, crop top, left, target height, width {@code [batch, 6]}
   */
  public record Size(Tensor textEmbeds, Tensor timeIds) {
    private Size and(Size other) {
      return new Size(
          Ops.concat(0, textEmbeds, other.textEmbeds), Ops.concat(0, timeIds, other.timeIds));
    }
  }

  /** These rows, then the other's. */
  public Conditions and(Conditions other) {
    return new Conditions(
        Ops.concat(0, text, other.text), size.map(own -> own.and(other.size.orElseThrow())));
  }

  /** The same with the text in another type. */
  public Conditions in(DType type) {
    return text.dtype() == type ? this : new Conditions(text.to(type), size);
  }

  /** Text alone. */
  public static Conditions of(Tensor text) {
    return new Conditions(text, Optional.empty());
  }
}
