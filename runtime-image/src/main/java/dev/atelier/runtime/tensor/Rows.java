package dev.atelier.runtime.tensor;

/** A large table of vectors of which little is read at a time. */
@FunctionalInterface
public interface Rows {
  /** The rows of int64 ids {@code [..]}, as float32 {@code [.., width]}. */
  Tensor of(Tensor ids);
}
