package dev.atelier.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.text.WeightedPrompt.Part;
import org.junit.jupiter.api.Test;

class WeightedPromptTest {

  @Test
  void aPromptWithoutWeightsIsTakenAsItStands() {
    String prompt = "portrait (studio), [soft] light \\(35mm\\) :) 10:30";

    assertThat(WeightedPrompt.of(prompt).parts()).containsExactly(new Part(prompt, 1));
  }

  @Test
  void partsInParenthesesWithANumberCountMoreOrLess() {
    assertThat(WeightedPrompt.of("a (red:1.3) cat, (blurry: .5)").parts())
        .containsExactly(
            new Part("a ", 1),
            new Part("red", 1.3),
            new Part(" cat, ", 1),
            new Part("blurry", 0.5));
  }

  @Test
  void nestedWeightsMultiply() {
    assertThat(WeightedPrompt.of("(a (red:2) cat:1.5)").parts())
        .containsExactly(new Part("a ", 1.5), new Part("red", 3), new Part(" cat", 1.5));
  }

  @Test
  void escapedAndUnmatchedParenthesesAreText() {
    assertThat(WeightedPrompt.of("(cat:1.2) \\(film\\) (grain) :) (open").parts())
        .containsExactly(new Part("cat", 1.2), new Part(" (film) (grain) :) (open", 1));
  }

  @Test
  void aWeightWithoutAnOpeningIsText() {
    assertThat(WeightedPrompt.of("cat:1.2)").parts()).containsExactly(new Part("cat:1.2)", 1));
  }
}
