package dev.atelier.runtime.tensor;

/**
 * Runs a network piece by piece. A piece is a function of its inputs and of parameters alone, so
 * that it may be run again.
 */
@FunctionalInterface
public interface Segments {

  /** Every piece is run once, and recorded where the thread records. */
  Segments DIRECT = Segment::of;

  /** A piece of a network. */
  @FunctionalInterface
  interface Segment {
    Tensor of(Tensor... inputs);
  }

  /** The output of a piece. */
  Tensor run(Segment segment, Tensor... inputs);
}
