package dev.atelier.runtime.text;

import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A prompt as ids for a text encoder, in as many pieces as its length needs; each piece has its own
 * start and end token.
 *
 * @param ids per piece, as many as the encoder has positions
 * @param weights per piece, one for each id
 */
record PromptChunks(List<long[]> ids, List<float[]> weights) {
  /** Beyond this the words far behind no longer show in a picture. */
  static final int MOST = 8;

  static PromptChunks of(ClipTokenizer tokenizer, String prompt) {
    var tokens = new ArrayList<Integer>();
    var factors = new ArrayList<Float>();
    for (WeightedPrompt.Part part : WeightedPrompt.of(prompt).parts()) {
      for (int token : tokenizer.tokens(part.text())) {
        tokens.add(token);
        factors.add((float) part.weight());
      }
    }
    int room = tokenizer.length() - 2;
    int pieces = Math.max(1, (tokens.size() + room - 1) / room);
    if (pieces > MOST) {
      throw new PromptTooLongException(
          "The prompt has %d tokens, at most %d are drawn. Shorten it: \"%.60s...\""
              .formatted(tokens.size(), MOST * room, prompt));
    }
    var ids = new ArrayList<long[]>();
    var weights = new ArrayList<float[]>();
    for (int piece = 0; piece < pieces; piece++) {
      int from = piece * room;
      int to = Math.min(tokens.size(), from + room);
      ids.add(tokenizer.framed(tokens.subList(from, to)));
      float[] own = new float[tokenizer.length()];
      Arrays.fill(own, 1);
      for (int i = from; i < to; i++) {
        own[i - from + 1] = factors.get(i);
      }
      weights.add(own);
    }
    return new PromptChunks(ids, weights);
  }

  int count() {
    return ids.size();
  }

  /** With empty pieces behind, so that prompts of a batch are equally long. */
  PromptChunks padded(ClipTokenizer tokenizer, int count) {
    var more = new ArrayList<>(ids);
    var factors = new ArrayList<>(weights);
    while (more.size() < count) {
      more.add(tokenizer.framed(List.of()));
      float[] ones = new float[tokenizer.length()];
      Arrays.fill(ones, 1);
      factors.add(ones);
    }
    return new PromptChunks(more, factors);
  }
}
