package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prompts to the states that the denoiser reads: those of the words, then zeros up to a fixed
 * length, which take part in the attention. It owns neither tokenizer nor encoder.
 */
public final class VideoPrompts {
  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final T5Tokenizer tokenizer;
  private final T5Encoder encoder;

  public VideoPrompts(T5Tokenizer tokenizer, T5Encoder encoder) {
    this.tokenizer = tokenizer;
    this.encoder = encoder;
  }

  /** States {@code [prompts, words, width]}; equal prompts are encoded once. */
  public Tensor encode(Torch torch, List<String> prompts, int words) {
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> states = new LinkedHashMap<>();
      prompts.forEach(prompt -> states.computeIfAbsent(prompt, text -> encode(torch, text, words)));
      return scope.keep(Ops.concat(0, prompts.stream().map(states::get).toList()));
    }
  }

  /**
   * The states of a prompt's own words {@code [1, n, width]}, n at most {@code words}. Padding is
   * not encoded: words do not attend to it, and its states are zeros in the end anyway.
   */
  public Tensor unpadded(Torch torch, String prompt, int words) {
    if (tokenizer.cuts(prompt, words)) {
      LOG.warn("only the first {} tokens are read of: {}", words, prompt);
    }
    var encoded = tokenizer.encode(prompt, words);
    try (Scope scope = Scope.open()) {
      Tensor ids = torch.tensor(encoded.ids(), 1, words).narrow(1, 0, encoded.used());
      return scope.keep(encoder.forward(ids.contiguous()));
    }
  }

  private Tensor encode(Torch torch, String prompt, int words) {
    try (Scope scope = Scope.open()) {
      Tensor states = unpadded(torch, prompt, words);
      return scope.keep(Ops.pad(states, 0, 0, 0, words - states.size(1)));
    }
  }
}
