package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;

/**
 * The captions of a training set, one a row; the last row is the empty caption.
 *
 * @param rows int64 ids {@code [captions, tokens]} where the text encoder is trained, else its
 *     states {@code [captions, tokens, width]}
 */
public record CaptionTable(Tensor rows, boolean encoded) implements AutoCloseable {

  /** The row of the empty caption. */
  long empty() {
    return rows.size(0) - 1;
  }

  /** The captions of a batch. */
  Conditioning select(long[] indices) {
    var selected = rows.select(0, rows.torch().tensor(indices, indices.length));
    return encoded ? new Conditioning.States(selected) : new Conditioning.Tokens(selected);
  }

  @Override
  public void close() {
    rows.close();
  }
}
