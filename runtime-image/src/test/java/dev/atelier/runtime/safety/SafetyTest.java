package dev.atelier.runtime.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetyTest {

  @ParameterizedTest
  @CsvSource({
    "photo of a Naked sks woman, true",
    "photo of a {subject} wearing a nude-coloured suit, false",
    "photo of a {subject} in Essex with a childish smile, false",
    "photo of a sks woman wearing a suit, false",
  })
  void wordsThatAreNotDrawnAreFoundAsWholeWords(String text, boolean refused) {
    assertThat(PromptCheck.shipped().finding(text).isPresent()).isEqualTo(refused);
  }

  @Test
  void aSubjectThatAsksForWhatIsNotDrawnIsRefused() {
    PromptCheck.shipped().check(new Subject("woman", "sks"));
    PromptCheck.shipped().check(new Subject("girl", "ohwx"));
    assertThatThrownBy(() -> PromptCheck.shipped().check(new Subject("naked woman", "sks")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("the subject 'sks naked woman' is refused for the word")
        .hasMessageContaining("correct subject.token or subject.className");
    assertThatThrownBy(() -> PromptCheck.shipped().check(new Subject("woman", "nude")))
        .isInstanceOf(StageFailure.BadInput.class);
  }

  @Test
  void aNegativePromptMayNameThem() {
    PromptCheck.shipped().check(List.of(new Prompt("suit", "photo of a {subject}", "nude, child")));
    assertThatThrownBy(
            () -> PromptCheck.shipped().check(List.of(new Prompt("suit", "erotic photo", ""))))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessage(
            "the prompt 'suit' is refused for the word 'erotic' (sexual content); nothing was drawn");
  }

  @ParameterizedTest
  @CsvSource({"0.1, PASS", "0.3, REVIEW", "0.79, REVIEW", "0.8, BLOCK", "1, BLOCK"})
  void aPictureIsBlockedFromTheThresholdOn(double score, OutputCheck.Verdict verdict) {
    var check = new OutputCheck(new FixedScore(score), 0.8, 0.3);

    assertThat(check.judge(new RgbImage(1, 1, new float[3])).verdict()).isEqualTo(verdict);
  }

  @Test
  void aVerdictOnAPictureNamesItsScoreItsModelAndItsReason() {
    var check = new OutputCheck(new FixedScore(0.91), 0.8, 0.3);

    assertThat(check.judge(new RgbImage(1, 1, new float[3])))
        .isEqualTo(
            new PictureVerdict(
                OutputCheck.Verdict.BLOCK, 0.91, "fixed", "nudity score 0.91, blocked from 0.80"));
  }

  @ParameterizedTest
  @CsvSource({
    "retrato de una mujer con traje azul en la oficina, Spanish",
    "Foto von einer Frau mit Brille vor einem Fenster, German",
    "портрет женщины в костюме, not in Latin letters",
  })
  void anotherLanguageIsMentionedAndNeverRefused(String text, String mention) {
    assertThat(LanguageAdvisory.shipped().of(text))
        .hasValueSatisfying(
            advice -> assertThat(advice).contains(mention).endsWith("nothing is refused for it"));
    assertThat(PromptCheck.shipped().finding(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "portrait, 85mm, bokeh, cinematic",
        "a cat",
        "photo of a sks woman wearing a navy suit in a studio",
        "professional headshot of a man in front of a café",
      })
  void shortAndEnglishPromptsNeedNoMention(String text) {
    assertThat(LanguageAdvisory.shipped().of(text)).isEmpty();
  }

  private record FixedScore(double value) implements NudityScore {
    @Override
    public double score(RgbImage picture) {
      return value;
    }

    @Override
    public String protocol() {
      return "fixed";
    }
  }
}
