package dev.atelier.runtime.model.block;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Cuts a map into overlapping squares, passes each through a network and blends the results
 * (diffusers {@code AutoencoderKL.tiled_decode}): memory then depends on the square, not on the
 * picture. Each square is normalised by itself, so the result differs a little from the whole.
 *
 * @param in height and width of a square before the network
 * @param out height and width of a square behind it
 */
public record Tiles(int in, int out) {
  private static final double OVERLAP = 0.25;
  private static final int HEIGHT = -2;
  private static final int WIDTH = -1;

  /** Whether a map {@code [.., height, width]} is larger than a square. */
  public boolean cut(Tensor map) {
    return map.size(HEIGHT) > in || map.size(WIDTH) > in;
  }

  /** The network's result for a whole map; only one row of squares is held at a time. */
  public Tensor apply(Tensor map, UnaryOperator<Tensor> network) {
    int stride = (int) (in * (1 - OVERLAP));
    try (Scope scope = Scope.open()) {
      var rows = new ArrayList<Tensor>();
      List<Tensor> above = List.of();
      for (long top = 0; top < map.size(HEIGHT); top += stride) {
        List<Tensor> row = row(part(map, HEIGHT, top), stride, above, network);
        rows.add(joined(row));
        above.forEach(Tensor::close);
        above = row;
      }
      return scope.keep(Ops.concat(HEIGHT, rows));
    }
  }

  private List<Tensor> row(
      Tensor band, int stride, List<Tensor> above, UnaryOperator<Tensor> network) {
    var row = new ArrayList<Tensor>();
    for (long left = 0; left < band.size(WIDTH); left += stride) {
      try (Scope scope = Scope.open()) {
        Tensor square = network.apply(part(band, WIDTH, left));
        square = above.isEmpty() ? square : blended(above.get(row.size()), square, HEIGHT);
        square = row.isEmpty() ? square : blended(row.get(row.size() - 1), square, WIDTH);
        row.add(scope.keep(square.copy()));
      }
    }
    return row;
  }

  private Tensor part(Tensor map, int dimension, long from) {
    return map.narrow(dimension, from, Math.min(in, map.size(dimension) - from));
  }

  /** What of each square is not covered by the next, side by side. */
  private Tensor joined(List<Tensor> row) {
    try (Scope scope = Scope.open()) {
      int kept = out - overlap();
      var parts = new ArrayList<Tensor>();
      for (Tensor square : row) {
        parts.add(
            square
                .narrow(HEIGHT, 0, Math.min(kept, square.size(HEIGHT)))
                .narrow(WIDTH, 0, Math.min(kept, square.size(WIDTH))));
      }
      return scope.keep(Ops.concat(WIDTH, parts));
    }
  }

  /** The beginning of a square fades in over the end of the one before. */
  private Tensor blended(Tensor before, Tensor square, int dimension) {
    int extent =
        (int) Math.min(overlap(), Math.min(before.size(dimension), square.size(dimension)));
    var share = new float[extent];
    for (int i = 0; i < extent; i++) {
      share[i] = (float) i / extent;
    }
    long[] shape = square.shape();
    Arrays.fill(shape, 1);
    shape[shape.length + dimension] = extent;
    Tensor rising = square.torch().tensor(share, shape);
    Tensor end = before.narrow(dimension, before.size(dimension) - extent, extent);
    Tensor start = square.narrow(dimension, 0, extent);
    Tensor mixed = end.add(start.sub(end).mul(rising));
    long rest = square.size(dimension) - extent;
    return Ops.concat(dimension, mixed, square.narrow(dimension, extent, rest));
  }

  private int overlap() {
    return (int) (out * OVERLAP);
  }
}
