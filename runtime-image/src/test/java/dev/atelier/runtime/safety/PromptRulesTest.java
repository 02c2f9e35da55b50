package dev.atelier.runtime.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.safety.PromptFinding.Category;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.PromptRulesInput.OnFinding;
import dev.atelier.stage.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform refuses, allows and lets pass beside the list that ships. */
class PromptRulesTest {

  private static final PromptCheck ACME =
      blocking("Acme Corp", "celebrit*", "mark 4*", "4chan", "東京塔");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a poster of acme corp",
        "a poster of ACME-Corp, studio light",
        "a poster of 4cm3 c0rp",
        "a poster of a c m e corp",
        "a poster of ac\u200Bme corp",
        "a poster of аcmе corp",
        "a poster of ａｃｍｅ corp",
        "a poster of a*me corp",
        "a poster of acmeee-corp",
        "a dinner of celebrities",
        "a dinner of c3lebr1ties",
        "a 4chan logo",
        "a suit like the Mark 42",
        "夜の東京塔の写真",
      })
  void theirOwnTermsAreFoundThroughTheSameDisguises(String text) {
    assertThat(ACME.finding(text))
        .hasValueSatisfying(found -> assertThat(found.category()).isEqualTo(Category.Platform));
    assertThat(PromptCheck.shipped().finding(text))
        .as("the list that ships knows nothing of it")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme",
        "the corp at acme",
        "macme corps",
        "a celebration",
        "a suit like the Mark 3"
      })
  void halfATermIsNone(String text) {
    assertThat(ACME.finding(text)).isEmpty();
  }

  @Test
  void whatShipsIsRefusedAsBefore() {
    assertThat(ACME.finding("photo of a n4ked sks woman"))
        .hasValueSatisfying(
            found -> {
              assertThat(found.category()).isEqualTo(Category.Nudity);
              assertThat(found.term()).isEqualTo("naked");
            });
  }

  @Test
  void aRefusalNamesTheTermTheListAndWhereItIsWritten() {
    assertThatThrownBy(() -> ACME.check(prompts("ad", "an Acme Corp ad")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessage(
            "the prompt 'ad' is refused for the word 'Acme Corp' (the platform's own list); nothing was drawn. The platform's list is blockedTerms in spec.safety.prompts of the DiffusionRuntime 'sd15': whoever looks after it can change it");
    assertThatThrownBy(() -> ACME.check(new Subject("celebrity", "sks")))
        .hasMessageStartingWith(
            "the subject 'sks celebrity' is refused for the word 'celebrit' (the platform's own list); correct subject.token or subject.className. The platform's list is");
  }

  @Test
  void anAllowedPhraseIsTakenOutWordForWord() {
    var check = allowing("nude wall", "nude 3D-print");

    assertThat(check.finding("{subject} with a pale nude wall behind")).isEmpty();
    assertThat(check.finding("nude wall nude wall")).isEmpty();
    assertThat(check.finding("a nude 3D-print on a desk")).isEmpty();
    assertThat(check.finding("nude {subject} before a nude wall")).isPresent();
    assertThat(check.finding("nude walls")).isPresent();
  }

  @Test
  void aPartOfAPhraseThatShipsDoesNotTakeItApart() {
    assertThat(allowing("color").finding("a nude color suit")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "child, child",
    "a ch1ld in the park, child",
    "baby shower, baby",
    "12 year old, 12 year old",
    "school girl uniform, school girl",
  })
  void aPhraseThatNamesMinorsIsRefusedByName(String phrase, String found) {
    assertThatThrownBy(() -> allowing("nude wall", phrase))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessage(
            "spec.safety.prompts of the DiffusionRuntime 'sd15' holds '%s' under allowedPhrases, in which '%s' concerns minors: that is refused whatever the rules allow; remove the phrase there",
            phrase, found);
  }

  @ParameterizedTest
  @CsvSource({
    "year old, photo of a 12 year old {subject}",
    "aged, '{subject}, aged 15, portrait'",
    "age girl, an under age girl",
    "under, an under age girl",
    "young, a young girl",
    "legal, barely legal {subject}",
    "c h, 'photo, c h i l d, smiling'",
    "k, photo of k ids",
  })
  void noPieceOfAPhraseOpensWhatConcernsMinors(String phrase, String text) {
    assertThat(PromptCheck.shipped().finding(text)).isPresent();
    assertThat(allowing(phrase).finding(text))
        .hasValueSatisfying(found -> assertThat(found.category()).isEqualTo(Category.Minors));
  }

  @Test
  void aPhraseThatShipsOpensThemStill() {
    assertThat(allowing("nude wall").finding("a baby blue suit before a nude wall")).isEmpty();
    assertThat(allowing("baby blue suit").finding("a baby blue suit")).isEmpty();
  }

  @Test
  void adviceDrawsAndNamesEveryFinding() {
    var check = advising("acme corp");

    var notes = check.check(prompts("ad", "a nude acme corp ad"));

    assertThat(notes)
        .extracting(note -> note.finding().category())
        .containsExactly(Category.Nudity, Category.Platform);
    assertThat(notes.get(1))
        .isEqualTo(
            new PromptNote(
                "ad",
                new PromptFinding(Category.Platform, "acme corp", notes.get(1).finding().list()),
                "drawn with the word 'acme corp' (the platform's own list): spec.safety.prompts of the DiffusionRuntime 'sd15' says onFinding: Advise"));
    assertThat(check.check(new Subject("acme corp", "sks")))
        .extracting(PromptNote::name)
        .containsExactly("subject");
    assertThat(check.check(prompts("suit", "a navy suit"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{subject} as a child",
        "a nude acme corp ad with a t33n",
        "a 12 year old, nude",
        "sexy schoolgirl",
      })
  void adviceRefusesWhatConcernsMinorsWhateverElseIsFound(String text) {
    assertThatThrownBy(() -> advising("acme corp").check(prompts("no", text)))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("(minors); nothing was drawn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ﾟﾞ", "\u200B", "💡", "*", "--"})
  void aTermOfWhichNothingIsLeftIsRefusedByName(String term) {
    assertThatThrownBy(() -> blocking("acme", term))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessage(
            "spec.safety.prompts of the DiffusionRuntime 'sd15' holds '%s' under blockedTerms, of which nothing is left to compare: only letters and digits count; correct or remove it there",
            term);
    assertThatThrownBy(() -> allowing(term)).hasMessageContaining("under allowedPhrases, of which");
  }

  @Test
  void theNameTellsWhichRulesJudged() {
    var shipped = PromptCheck.shipped().protocol();

    assertThat(shipped).matches("blocklist [0-9a-f]{12}");
    assertThat(blocking("acme").protocol())
        .matches(shipped + " with rules [0-9a-f]{12} of DiffusionRuntime sd15")
        .isEqualTo(blocking("acme").protocol())
        .isNotEqualTo(blocking("acne").protocol())
        .isNotEqualTo(allowing("acme").protocol());
    assertThat(advising("acme").protocol())
        .endsWith(" of DiffusionRuntime sd15, findings are drawn and reported");
    assertThat(blocking("acme").finding("acme").orElseThrow().list())
        .isEqualTo(blocking("acme").protocol());
  }

  private static List<Prompt> prompts(String name, String text) {
    return List.of(new Prompt(name, text, ""));
  }

  private static PromptCheck blocking(String... terms) {
    return check(List.of(terms), List.of(), OnFinding.Refuse);
  }

  private static PromptCheck allowing(String... phrases) {
    return check(List.of(), List.of(phrases), OnFinding.Refuse);
  }

  private static PromptCheck advising(String... terms) {
    return check(List.of(terms), List.of(), OnFinding.Advise);
  }

  private static PromptCheck check(
      List<String> blocked, List<String> allowed, OnFinding onFinding) {
    return PromptCheck.of(new PromptRulesInput("sd15", blocked, allowed, onFinding));
  }
}
