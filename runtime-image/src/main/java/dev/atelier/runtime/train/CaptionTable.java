package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.text.TextConditions;

/** The captions of a training set, one a row; the last row is the empty caption. */
public sealed interface CaptionTable extends AutoCloseable {

  /** The row of the empty caption. */
  long empty();

  /** The captions of a batch. */
  Conditioning select(long... indices);

  @Override
  void close();

  /** Captions for text encoders that are trained. */
  record Ids(Conditioning.Tokens captions) implements CaptionTable {
    @Override
    public long empty() {
      return captions.ids().get(0).size(0) - 1;
    }

    @Override
    public Conditioning select(long... indices) {
      return new Conditioning.Tokens(
          captions.ids().stream().map(ids -> rows(ids, indices)).toList());
    }

    @Override
    public void close() {
      captions.ids().forEach(Tensor::close);
    }
  }

  /** What text encoders that are not trained made of the captions, once. */
  record Encoded(TextConditions captions) implements CaptionTable {
    @Override
    public long empty() {
      return captions.states().size(0) - 1;
    }

    @Override
    public Conditioning select(long... indices) {
      return new Conditioning.States(
          new TextConditions(
              rows(captions.states(), indices),
              captions.pooled().map(pooled -> rows(pooled, indices))));
    }

    @Override
    public void close() {
      captions.states().close();
      captions.pooled().ifPresent(Tensor::close);
    }
  }

  private static Tensor rows(Tensor table, long... indices) {
    return table.select(0, table.torch().tensor(indices, indices.length));
  }
}
