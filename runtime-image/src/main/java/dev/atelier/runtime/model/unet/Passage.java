package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.tensor.Segments;
import dev.atelier.runtime.tensor.Tensor;

/**
 * What every block is told during one forward pass.
 *
 * @param time the embedded timestep behind its activation, {@code [batch, time width]}
 * @param text {@code [batch, tokens, cross attention width]}
 * @param keys gives the text's keys and values
 * @param segments runs the pieces
 */
record Passage(Tensor time, Tensor text, TextKeys keys, Segments segments) {

  /** Text in the type that a feature map is computed in. */
  static Tensor typed(Tensor text, Tensor map) {
    return text.dtype() == map.dtype() ? text : text.to(map.dtype());
  }
}
