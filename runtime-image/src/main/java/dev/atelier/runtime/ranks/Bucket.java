package dev.atelier.runtime.ranks;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors that travel together: few large messages are faster than many small ones.
 *
 * @param tensors float32, of any shapes
 */
record Bucket(List<Tensor> tensors) {

  /** Values in a bucket: 16 MB, or one tensor where that is larger. */
  private static final long VALUES = 4 << 20;

  Bucket {
    tensors = List.copyOf(tensors);
  }

  /** Deals tensors out in their order. */
  static List<Bucket> of(List<Tensor> tensors) {
    var buckets = new ArrayList<Bucket>();
    var next = new ArrayList<Tensor>();
    long held = 0;
    for (Tensor tensor : tensors) {
      if (held > 0 && held + tensor.count() > VALUES) {
        buckets.add(new Bucket(next));
        next.clear();
        held = 0;
      }
      next.add(tensor);
      held += tensor.count();
    }
    if (held > 0) {
      buckets.add(new Bucket(next));
    }
    return buckets;
  }

  /** All values as one vector, in memory of its own. */
  Tensor flat() {
    return Ops.concat(0, tensors.stream().map(tensor -> tensor.reshape(-1)).toList());
  }

  /** Overwrites the tensors by the values of a vector such as {@link #flat} gives. */
  void fill(Tensor values) {
    long at = 0;
    for (Tensor tensor : tensors) {
      tensor.copyInPlace(values.narrow(0, at, tensor.count()).reshape(tensor.shape()));
      at += tensor.count();
    }
  }
}
