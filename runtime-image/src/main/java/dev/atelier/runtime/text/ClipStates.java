package dev.atelier.runtime.text;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.clip.TextStates;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One tokenizer with its text encoder: prompts of any length and weighting to states. */
public final class ClipStates {
  private final ClipTokenizer tokenizer;
  private final ClipTextModel text;

  public ClipStates(ClipTokenizer tokenizer, ClipTextModel text) {
    this.tokenizer = tokenizer;
    this.text = text;
  }

  /** The pieces that the longest of the prompts needs. */
  public int chunks(List<String> prompts) {
    return prompts.stream().mapToInt(p -> PromptChunks.of(tokenizer, p).count()).max().orElse(1);
  }

  /**
   * The states of prompts {@code [prompts, pieces * positions, width]}, and the projected pooled
   * text of the first piece. Equal prompts are encoded once.
   *
   * @param layer what to take of the encoder's states
   */
  public TextConditions encode(
      List<String> prompts, int chunks, Function<TextStates, Tensor> layer) {
    var distinct = prompts.stream().distinct().toList();
    var pieces =
        distinct.stream()
            .map(prompt -> PromptChunks.of(tokenizer, prompt).padded(tokenizer, chunks))
            .toList();
    try (Scope scope = Scope.open()) {
      var states = new ArrayList<Tensor>();
      Optional<Tensor> pooled = Optional.empty();
      for (int chunk = 0; chunk < chunks; chunk++) {
        int piece = chunk;
        TextStates found = text.forward(ids(pieces, piece));
        states.add(
            weighted(
                layer.apply(found), pieces.stream().map(p -> p.weights().get(piece)).toList()));
        pooled = chunk == 0 ? found.projected() : pooled;
      }
      Tensor rows = rows(prompts, distinct);
      Tensor joined = chunks == 1 ? states.get(0) : Ops.concat(1, states);
      return new TextConditions(
          scope.keep(joined.select(0, rows)),
          pooled.map(projected -> scope.keep(projected.select(0, rows))));
    }
  }

  /**
   * The ids of prompts in pieces, int64 {@code [prompts, pieces, positions]}: what {@link #encode}
   * reads, for training. Weights of words do not count there.
   */
  public Tensor ids(List<String> prompts) {
    int count = chunks(prompts);
    var pieces =
        prompts.stream()
            .map(prompt -> PromptChunks.of(tokenizer, prompt).padded(tokenizer, count))
            .toList();
    try (Scope scope = Scope.open()) {
      var each = new ArrayList<Tensor>();
      for (int piece = 0; piece < count; piece++) {
        each.add(ids(pieces, piece));
      }
      return scope.keep(Ops.stack(1, each));
    }
  }

  /** The states after the final norm, without the last layers if some are skipped. */
  public Tensor normed(TextStates states, int clipSkip) {
    var hidden = states.hidden();
    return clipSkip == 0 ? states.last() : text.normed(hidden.get(hidden.size() - 1 - clipSkip));
  }

  private Tensor ids(List<PromptChunks> pieces, int chunk) {
    int length = tokenizer.length();
    long[] all = new long[pieces.size() * length];
    for (int i = 0; i < pieces.size(); i++) {
      System.arraycopy(pieces.get(i).ids().get(chunk), 0, all, i * length, length);
    }
    return text.tokenTable().torch().tensor(all, pieces.size(), length);
  }

  private Tensor rows(List<String> prompts, List<String> distinct) {
    long[] rows = prompts.stream().mapToLong(distinct::indexOf).toArray();
    return text.tokenTable().torch().tensor(rows, rows.length);
  }

  /**
   * States times their tokens' weights, each prompt brought back to the mean that it had, as
   * AUTOMATIC1111 does it; a prompt without weights stays as it is.
   */
  private static Tensor weighted(Tensor states, List<float[]> weights) {
    var prompts = new ArrayList<Tensor>();
    boolean any = false;
    for (int i = 0; i < weights.size(); i++) {
      Tensor own = states.narrow(0, i, 1);
      float[] factors = weights.get(i);
      if (isWeighted(factors)) {
        any = true;
        Tensor scaled = own.mul(states.torch().tensor(factors, 1, factors.length, 1));
        own = scaled.mul(own.mean().div(scaled.mean()));
      }
      prompts.add(own);
    }
    return any ? Ops.concat(0, prompts) : states;
  }

  private static boolean isWeighted(float... factors) {
    for (float factor : factors) {
      if (factor != 1) {
        return true;
      }
    }
    return false;
  }
}
