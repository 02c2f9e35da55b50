package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What convolutions over time saw last, so that a clip can pass in chunks: each remembers the
 * frames before the chunk that its kernel reaches back to.
 */
final class FrameMemory implements AutoCloseable {
  private final Map<Object, Tensor> frames = new IdentityHashMap<>();

  /** The remembered frames {@code [batch, channels, n, height, width]}; none at the first chunk. */
  Optional<Tensor> of(Object convolution) {
    return Optional.ofNullable(frames.get(convolution));
  }

  /** Remembers the last frames of what a convolution saw, in memory of their own. */
  void remember(Object convolution, Tensor seen, long count) {
    long kept = Math.min(count, seen.size(2));
    try (Scope scope = Scope.open()) {
      Tensor copy = seen.narrow(2, seen.size(2) - kept, kept).contiguous().copy();
      Tensor before = frames.put(convolution, Scope.release(copy));
      if (before != null) {
        before.close();
      }
    }
  }

  @Override
  public void close() {
    frames.values().forEach(Tensor::close);
    frames.clear();
  }
}
