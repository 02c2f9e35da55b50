package dev.atelier.runtime.model.upscale;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Enlarges whole pictures of any size in squares, so that memory is bounded. Each square is
 * computed with a margin around it that is cut off afterwards: what the network makes of a square's
 * edge then depends on the same pixels as in the whole picture, and no seam shows. It does not own
 * the network.
 */
public final class Upscaler {
  /** Height and width of a square in pixels of the small picture. */
  public static final int SQUARE = 192;

  /**
   * Pixels around a square. Real-ESRGAN itself uses 10; deep networks look further than either, but
   * hardly depend on what they see there.
   */
  public static final int MARGIN = 32;

  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;

  private final RrdbNet network;
  private final int square;
  private final int margin;

  /** Squares of the default size. */
  public Upscaler(RrdbNet network) {
    this(network, SQUARE, MARGIN);
  }

  /** Squares and margins of other sizes, both even. */
  public Upscaler(RrdbNet network, int square, int margin) {
    this.network = network;
    this.square = square;
    this.margin = margin;
  }

  /** How many times larger pictures become. */
  public int scale() {
    return network.scale();
  }

  /** From {@code [batch, 3, height, width]} in [0, 1] to the same in the larger size. */
  public Tensor enlarge(Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor whole = padded(padded(pixels, HEIGHT), WIDTH);
      var rows = new ArrayList<Tensor>();
      for (Span row : spans(whole.size(HEIGHT))) {
        rows.add(row(whole, row));
      }
      return scope.keep(
          Ops.concat(HEIGHT, rows)
              .narrow(HEIGHT, 0, pixels.size(HEIGHT) * scale())
              .narrow(WIDTH, 0, pixels.size(WIDTH) * scale())
              .contiguous());
    }
  }

  private Tensor row(Tensor whole, Span row) {
    try (Scope scope = Scope.open()) {
      var squares = new ArrayList<Tensor>();
      for (Span column : spans(whole.size(WIDTH))) {
        Tensor seen = column.of(row.of(whole, HEIGHT), WIDTH);
        Tensor large = network.forward(seen);
        squares.add(column.kept(row.kept(large, HEIGHT, scale()), WIDTH, scale()).clamp(0, 1));
        large.close();
      }
      return scope.keep(Ops.concat(WIDTH, squares));
    }
  }

  private List<Span> spans(long size) {
    var spans = new ArrayList<Span>();
    for (long at = 0; at < size; at += square) {
      long length = Math.min(square, size - at);
      long from = Math.max(0, at - margin);
      spans.add(new Span(at, length, from, Math.min(size, at + length + margin)));
    }
    return spans;
  }

  /** Repeats the last row or column until the network can divide the size. */
  private Tensor padded(Tensor pixels, int dimension) {
    long missing = Math.floorMod(-pixels.size(dimension), (long) network.multiple());
    if (missing == 0) {
      return pixels;
    }
    long[] shape = pixels.shape();
    shape[dimension] = missing;
    Tensor last = pixels.narrow(dimension, pixels.size(dimension) - 1, 1).expand(shape);
    return Ops.concat(dimension, pixels, last);
  }

  /**
   * A square along one dimension.
   *
   * @param at where it begins
   * @param from where it begins with its margin
   * @param to where it ends with its margin
   */
  private record Span(long at, long length, long from, long to) {
    Tensor of(Tensor pixels, int dimension) {
      return pixels.narrow(dimension, from, to - from);
    }

    Tensor kept(Tensor large, int dimension, int scale) {
      return large.narrow(dimension, (at - from) * scale, length * scale);
    }
  }
}
