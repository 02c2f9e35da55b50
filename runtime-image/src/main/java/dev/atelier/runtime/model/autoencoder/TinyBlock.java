package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;

/** Three convolutions with ReLU around a residual (diffusers {@code AutoencoderTinyBlock}). */
final class TinyBlock implements TinyLayer {
  private final Conv2d first;
  private final Conv2d second;
  private final Conv2d third;

  TinyBlock(Layers at, int channels) {
    first = at.conv3("conv.0", channels, channels);
    second = at.conv3("conv.2", channels, channels);
    third = at.conv3("conv.4", channels, channels);
  }

  @Override
  public Tensor forward(Tensor x) {
    try (Scope scope = Scope.open()) {
      Tensor h = Ops.relu(first.forward(x));
      h = third.forward(Ops.relu(second.forward(h)));
      return scope.keep(Ops.relu(h.add(x)));
    }
  }
}
