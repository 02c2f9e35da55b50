package dev.atelier.runtime.model.block;

import dev.atelier.runtime.model.block.Attention.KeysValues;
import dev.atelier.runtime.tensor.Tensor;

/** Where a cross-attention has the text's keys and values from. */
@FunctionalInterface
public interface TextKeys {

  /** Made anew at every call: training changes the text and the projections. */
  TextKeys ANEW = Attention::project;

  /**
   * The keys and values of a text.
   *
   * @param text {@code [batch, tokens, context width]}
   */
  KeysValues of(Attention attention, Tensor text);
}
