package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.tensor.Tensor;

/** One numbered layer of an AutoencoderTiny's encoder or decoder. */
interface TinyLayer {
  Tensor forward(Tensor x);
}
