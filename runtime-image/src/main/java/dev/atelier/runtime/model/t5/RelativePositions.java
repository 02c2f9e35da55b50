package dev.atelier.runtime.model.t5;

import dev.atelier.runtime.model.layer.Embedding;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;

/**
 * What each distance between two tokens adds to their attention (Raffel et al. 2020, section 2.1):
 * near distances each have an entry, farther ones share entries by the logarithm.
 */
final class RelativePositions {
  private final Embedding table;
  private final T5Config config;

  RelativePositions(Embedding table, T5Config config) {
    this.table = table;
    this.config = config;
  }

  /** The bias {@code [1, heads, tokens, tokens]} of queries (rows) to keys. */
  Tensor bias(Torch torch, int tokens) {
    try (Scope scope = Scope.open()) {
      long[] far = buckets(torch, tokens);
      var ids = new long[tokens * tokens];
      for (int query = 0; query < tokens; query++) {
        for (int key = 0; key < tokens; key++) {
          int after = key > query ? config.buckets() / 2 : 0;
          ids[query * tokens + key] = after + far[Math.abs(key - query)];
        }
      }
      Tensor rows = table.forward(torch.tensor(ids, 1, tokens, tokens));
      return scope.keep(rows.permute(0, 3, 1, 2).contiguous());
    }
  }

  /**
   * The entry of every distance in one direction. The engine takes the logarithm: near the edges of
   * an entry its rounding decides.
   */
  private long[] buckets(Torch torch, int tokens) {
    int half = config.buckets() / 2;
    int exact = half / 2;
    var ratios = new float[tokens];
    for (int distance = 1; distance < tokens; distance++) {
      ratios[distance] = (float) distance / exact;
    }
    ratios[0] = 1;
    float[] logarithms = torch.tensor(ratios, tokens).log().toFloats();
    float range = (float) Math.log((double) config.farthest() / exact);
    var buckets = new long[tokens];
    for (int distance = 0; distance < tokens; distance++) {
      int shared = exact + (int) (logarithms[distance] / range * (half - exact));
      buckets[distance] = distance < exact ? distance : Math.min(shared, half - 1);
    }
    return buckets;
  }
}
