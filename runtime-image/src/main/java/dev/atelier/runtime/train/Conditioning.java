package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.text.TextConditions;
import java.util.List;
import java.util.Optional;

/** What the denoiser is told to draw. */
public sealed interface Conditioning {

  /**
   * Captions that the text encoders still have to read; their gradients flow.
   *
   * @param ids int64 {@code [batch, pieces, tokens]} for each text encoder
   */
  record Tokens(List<Tensor> ids) implements Conditioning {
    public Tokens {
      ids = List.copyOf(ids);
    }

    /** Captions of one piece for one text encoder, {@code [batch, tokens]}. */
    public Tokens(Tensor ids) {
      this(List.of(ids.reshape(ids.size(0), 1, ids.size(1))));
    }
  }

  /** What text encoders that are not trained made of the captions. */
  record States(TextConditions text) implements Conditioning {
    /** Of a model without pooled text, {@code [batch, tokens, width]}. */
    public States(Tensor states) {
      this(new TextConditions(states, Optional.empty()));
    }
  }
}
