package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The layers of one size, bridged by a shortcut where the model has them.
 *
 * @param layers in their order
 * @param smaller the encoder's shortcut
 * @param larger the decoder's shortcut
 */
record WanStage(List<ChunkLayer> layers, Optional<Shortcut> smaller, Optional<Shortcut> larger) {

  Tensor forward(Tensor x, FrameMemory memory, boolean first) {
    try (Scope scope = Scope.open()) {
      Tensor h = x;
      for (ChunkLayer layer : layers) {
        Tensor before = h;
        h = layer.forward(before, memory);
        if (before != x) {
          before.close();
        }
      }
      if (smaller.isPresent()) {
        h = h.add(smaller.get().smaller(x));
      }
      if (larger.isPresent()) {
        h = h.add(larger.get().larger(x, first));
      }
      return scope.keep(h);
    }
  }
}
