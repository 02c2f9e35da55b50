package dev.atelier.runtime.text;

import dev.atelier.runtime.model.clip.TextStates;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stable Diffusion XL: the last but one layer's states of both encoders side by side, without the
 * final norm, and the second encoder's projected pooled text.
 *
 * @param zerosForNone whether no negative prompt is all zeros ({@code
 *     force_zeros_for_empty_prompt})
 */
public record XlPromptEncoding(ClipStates first, ClipStates second, boolean zerosForNone)
    implements PromptEncoding {
  /** The last layer's states are the last; these are those before. */
  private static final int LAST_BUT_ONE = 2;

  @Override
  public Both encode(PromptBatch batch, boolean guided) {
    try (Scope scope = Scope.open()) {
      var prompts = batch.prompts();
      var seconds = or(batch.secondPrompts(), prompts);
      boolean none = batch.negatives().isEmpty();
      var negatives = none ? prompts.stream().map(prompt -> "").toList() : batch.negatives();
      var secondNegatives = or(batch.secondNegatives(), negatives);
      int chunks = Math.max(first.chunks(prompts), second.chunks(seconds));
      if (guided && !(none && zerosForNone)) {
        chunks = Math.max(chunks, first.chunks(negatives));
        chunks = Math.max(chunks, second.chunks(secondNegatives));
      }
      TextConditions positive = joined(prompts, seconds, chunks, batch.clipSkip());
      TextConditions negative = positive;
      if (guided) {
        negative =
            none && zerosForNone ? zeros(positive) : joined(negatives, secondNegatives, chunks, 0);
      }
      return new Both(kept(scope, positive), kept(scope, negative));
    }
  }

  private TextConditions joined(
      List<String> prompts, List<String> seconds, int chunks, int clipSkip) {
    Function<TextStates, Tensor> layer =
        states -> states.hidden().get(states.hidden().size() - LAST_BUT_ONE - clipSkip);
    TextConditions one = first.encode(prompts, chunks, layer);
    TextConditions two = second.encode(seconds, chunks, layer);
    return new TextConditions(Ops.concat(2, one.states(), two.states()), two.pooled());
  }

  private static TextConditions zeros(TextConditions like) {
    return new TextConditions(
        like.states().mul(0), Optional.of(like.pooled().orElseThrow().mul(0)));
  }

  private static TextConditions kept(Scope scope, TextConditions conditions) {
    scope.keep(conditions.states());
    conditions.pooled().ifPresent(scope::keep);
    return conditions;
  }

  private static List<String> or(List<String> given, List<String> otherwise) {
    return given.isEmpty() ? otherwise : given;
  }
}
