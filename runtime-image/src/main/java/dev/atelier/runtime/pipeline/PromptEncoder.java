package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.text.ClipStates;
import dev.atelier.runtime.text.PromptBatch;
import dev.atelier.runtime.text.PromptEncoding;
import dev.atelier.runtime.text.TextConditions;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stable Diffusion 1 and 2: prompts to the one text encoder's states. */
public final class PromptEncoder implements PromptEncoding {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final Torch torch;
  private final ClipTokenizer tokenizer;
  private final ClipStates states;

  /** An encoder of these parts; the tokenizer's length must fit the text encoder. */
  public PromptEncoder(Torch torch, ClipTokenizer tokenizer, ClipTextModel text) {
    this.torch = torch;
    this.tokenizer = tokenizer;
    this.states = new ClipStates(tokenizer, text);
  }

  /**
   * The ids of prompts, int64 {@code [prompts, tokens]}, padded as the tokenizer is told to; one
   * that is too long is cut, and that is said.
   */
  public Tensor ids(List<String> prompts) {
    int length = tokenizer.length();
    prompts.stream()
        .distinct()
        .filter(tokenizer::cuts)
        .forEach(prompt -> LOG.warn("only the first {} tokens are read of: {}", length, prompt));
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
    return encode(prompts, clipSkip, states.chunks(prompts)).states();
  }

  @Override
  public Both encode(PromptBatch batch, boolean guided) {
    var negatives =
        batch.negatives().isEmpty()
            ? batch.prompts().stream().map(prompt -> "").toList()
            : batch.negatives();
    int chunks = states.chunks(batch.prompts());
    if (!guided) {
      var alone = encode(batch.prompts(), batch.clipSkip(), chunks);
      return new Both(alone, alone);
    }
    int longest = Math.max(chunks, states.chunks(negatives));
    return new Both(
        encode(batch.prompts(), batch.clipSkip(), longest), encode(negatives, 0, longest));
  }

  private TextConditions encode(List<String> prompts, int clipSkip, int chunks) {
    return states.encode(prompts, chunks, found -> states.normed(found, clipSkip));
  }
}
