package dev.atelier.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.safety.PromptCheck;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SamplerInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class PromptsTest {

  static final List<String> packs = PromptPack.NAMES;

  @ParameterizedTest
  @FieldSource("packs")
  void everyPackNamesTheSubjectOnceInEachPromptAndPassesItsOwnSafetyCheck(String pack) {
    var prompts = Prompts.of(new PromptInput(pack, List.of(), null), Path::of);

    assertThat(prompts).hasSize(20);
    assertThat(prompts)
        .allSatisfy(
            prompt -> {
              assertThat(prompt.text().split("\\{subject}", -1)).hasSize(2);
              assertThat(prompt.negative()).isNotBlank();
              assertThat(Prompts.filled(prompt.text(), "sks woman")).doesNotContain("{", "}");
              assertThat(Prompts.fileName(prompt)).isEqualTo(prompt.name());
            });
    PromptCheck.shipped().check(prompts);
  }

  @ParameterizedTest
  @FieldSource("packs")
  void noPromptOfAPackIsCutByTheTextEncoder(String pack) throws IOException {
    var tokenizer = ClipTokenizer.read(SamplePhotos.resource("fixtures/tokenizers/clip_bpe"));

    assertThat(PromptPack.named(pack).all())
        .allSatisfy(
            prompt -> {
              // 77 places, two of them for the start and the end.
              var text = Prompts.filled(prompt.text(), "sks woman");
              assertThat(tokenizer.tokens(text)).hasSizeLessThanOrEqualTo(75);
              assertThat(tokenizer.tokens(prompt.negative())).hasSizeLessThanOrEqualTo(75);
            });
  }

  @ParameterizedTest
  @FieldSource("packs")
  void everyPackSaysForWhomItIsAndHowItWasSampled(String name) {
    var pack = PromptPack.named(name);

    assertThat(pack.description()).isNotBlank();
    assertThat(pack.sampler().scheduler()).isEqualTo("DPMSolverMultistep");
    assertThat(pack.sampler().steps()).isBetween(20, 50);
    assertThat(pack.sampler().guidanceScale()).isBetween(5.0, 9.0);
  }

  @Test
  void aPackGivesTheSettingsThatTheResourceLeavesOpenAndNoOthers() {
    var given =
        new SamplerInput(
            "DDIM", 12, 3, 0.7, 1, 512, 640, 7, List.of("scheduler", "guidanceScale"), null);
    var pack = PromptPack.named("studio").sampler();

    assertThat(Prompts.sampler(new PromptInput("studio", List.of(), null), given))
        .isEqualTo(given.with(pack.scheduler(), 12, pack.guidanceScale()));
    assertThat(Prompts.sampler(new PromptInput(null, List.of(), null), given)).isEqualTo(given);
  }

  @Test
  void noTwoPromptsOfThePacksShareAText() {
    var texts =
        packs.stream()
            .flatMap(pack -> PromptPack.named(pack).all().stream())
            .map(Prompt::text)
            .toList();

    assertThat(texts).hasSize(80).doesNotHaveDuplicates();
  }

  @Test
  void whatOnePromptAvoidsComesBeforeWhatItsPackAvoids() {
    var drawing = PromptPack.named("creative").all().get(2);

    assertThat(drawing.name()).isEqualTo("pencil");
    assertThat(drawing.negative()).startsWith("photo, colour, blurry, low quality");
  }

  @Test
  void anUnknownPackSaysWhichThereAre() {
    assertThatThrownBy(() -> Prompts.of(new PromptInput("passport", List.of(), null), Path::of))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessage(
            "there is no prompt pack 'passport'; the packs are linkedin, studio, outdoor, creative");
  }

  @Test
  void eachFileOfAMountedConfigMapIsAPrompt(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("..data"));
    Files.writeString(folder.resolve("suit.txt"), "photo of a {subject} in a suit\n");
    Files.writeString(folder.resolve("beach"), "photo of a {subject} at the beach");

    var prompts = Prompts.of(new PromptInput(null, List.of(), "/prompts"), mount -> folder);

    assertThat(prompts)
        .containsExactly(
            new Prompt("beach", "photo of a {subject} at the beach", ""),
            new Prompt("suit", "photo of a {subject} in a suit", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "suit, photo of a {subjekt}, the only placeholder is {subject}",
    "suit, '', the prompt 'suit' has no text; say what the picture shows",
    "suit, '  ', the prompt 'suit' has no text",
    "'!!', photo, the prompt '!!' needs a name with letters or digits",
  })
  void aPromptThatCannotBeDrawnSaysWhy(String name, String text, String message) {
    assertRefused(List.of(new Prompt(name, text, "")), message);
  }

  @Test
  void promptsThatWouldShareTheirFilesAreRefused() {
    assertRefused(
        List.of(new Prompt("Suit 1", "a", ""), new Prompt("suit-1", "b", "")),
        "two prompts have the name");
    assertRefused(List.of(), "there are no prompts");
  }

  private static void assertRefused(List<Prompt> prompts, String message) {
    assertThatThrownBy(() -> Prompts.of(new PromptInput(null, prompts, null), Path::of))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining(message);
  }
}
