package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.util.List;

/** Prompts to the text encoder's states. */
public final class PromptEncoder {

  private final Torch torch;
  private final ClipTokenizer tokenizer;
  private final ClipTextModel text;

  /** An encoder of these parts; the tokenizer's length must fit the text encoder. */
  public PromptEncoder(Torch torch, ClipTokenizer tokenizer, ClipTextModel text) {
    this.torch = torch;
    this.tokenizer = tokenizer;
    this.text = text;
  }

  /** The ids of prompts, int64 {@code [prompts, tokens]}, padded as the tokenizer is told to. */
  public Tensor ids(List<String> prompts) {
    int length = tokenizer.length();
    var ids = new long[prompts.size() * length];
    for (int i = 0; i < prompts.size(); i++) {
      System.arraycopy(tokenizer.encode(prompts.get(i)), 0, ids, i * length, length);
    }
    return torch.tensor(ids, prompts.size(), length);
  }

  /** The states of prompts {@code [prompts, tokens, width]}; equal prompts are encoded once. */
  public Tensor encode(List<String> prompts) {
    return encode(prompts, 0);
  }

  /**
   * The states of prompts {@code [prompts, tokens, width]}.
   *
   * @param clipSkip how many of the last layers are left out, 0 for none
   */
  public Tensor encode(List<String> prompts, int clipSkip) {
    var distinct = prompts.stream().distinct().toList();
    var rows = prompts.stream().mapToLong(distinct::indexOf).toArray();
    try (Scope scope = Scope.open()) {
      var states = text.forward(ids(distinct));
      var hidden = states.hidden();
      Tensor encoded =
          clipSkip == 0 ? states.last() : text.normed(hidden.get(hidden.size() - 1 - clipSkip));
      return scope.keep(encoded.select(0, torch.tensor(rows, rows.length)));
    }
  }
}
