package dev.atelier.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StageContractTest {

  private static final StageFile ERASE =
      new StageFile(
          StageFile.CONTRACT,
          new StageFile.ResourceRef("HeadshotModel", "studio", "ana", "1234-5678"),
          new StageFile.RunRef("r1-1f3c", 2),
          new StageFile.DeviceInput(0, "Float32"),
          StoreLocation.directory("/artifacts"),
          "studio/HeadshotModel/ana-12345678/r1-1f3c",
          new EraseInput(
              List.of("studio/HeadshotModel/ana-12345678"), "receipts/a.json", "Deleted"));

  @Test
  void whatTheOperatorWritesTheRuntimeReads() throws IOException {
    assertThat(StageJson.read(StageJson.write(ERASE))).isEqualTo(ERASE);
  }

  @Test
  void theFileNamesTheStageAndNothingDerived() {
    assertThat(StageJson.write(ERASE)).contains("type: Erase").doesNotContain("stage: ERASE");
  }

  @Test
  void anotherContractIsRefusedByName() {
    var other = StageJson.write(ERASE).replace("stage/v1", "stage/v9");
    assertThatThrownBy(() -> StageJson.read(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("atelier.dev/stage/v9")
        .hasMessageContaining("runtime image");
  }

  @Test
  void anUnknownFieldIsNotSilentlyIgnored() {
    var odd = StageJson.write(ERASE).replace("receipt:", "recipe: x\n  receipt:");
    assertThatThrownBy(() -> StageJson.read(odd)).hasMessageContaining("recipe");
  }

  @Test
  void thePlatformsRulesForPromptsTravelAndAreNotMentionedWhereThereAreNone() throws IOException {
    var rules =
        new PromptRulesInput(
            "sd15",
            List.of("acme corp", "celebrit*"),
            List.of("nude wall"),
            PromptRulesInput.OnFinding.Advise);

    var ruled = StageJson.write(intake(rules));
    assertThat(StageJson.read(ruled)).isEqualTo(intake(rules));
    assertThat(ruled).contains("onFinding: Advise");
    assertThat(StageJson.write(intake(null)))
        .as("an older runtime image knows no such field")
        .doesNotContain("prompts");
  }

  private static StageFile intake(@Nullable PromptRulesInput rules) {
    return new StageFile(
        ERASE.contract(),
        ERASE.resource(),
        ERASE.run(),
        ERASE.device(),
        ERASE.storage(),
        ERASE.prefix(),
        new IntakeInput(
            StoreLocation.directory("/photos"),
            10,
            20,
            new IntakeInput.Quality(128, 60, 60),
            512,
            false,
            new Subject("woman", "sks"),
            new PerceptionInput(
                new PerceptionInput.FaceDetector("mtcnn", null, List.of(0.6, 0.7, 0.7)),
                new PerceptionInput.FaceEmbedding("dlib128", null, 0.6),
                new PerceptionInput.Nudity("open_nsfw", null, 0.8, 0.3),
                null,
                null,
                null,
                null,
                rules)));
  }

  @Test
  void lastWordsAlwaysFitAndKeepTheCounts() {
    var rejected =
        IntStream.range(0, 400)
            .mapToObj(i -> new TerminationMessage.Rejected("IMG_%04d.jpg".formatted(i), "NoFace"))
            .toList();
    var words =
        new TerminationMessage(
            TerminationMessage.Result.Failed,
            "NotEnoughUsablePhotos",
            "é".repeat(3000),
            null,
            null,
            7,
            new TerminationMessage.Dataset(400, 0, rejected),
            null,
            null,
            null,
            null,
            List.of());

    var text = StageJson.fit(words);

    assertThat(text.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
    assertThat(StageJson.lastWords(text))
        .hasValueSatisfying(
            kept -> {
              assertThat(kept.dataset()).isNotNull();
              assertThat(kept.dataset().photos()).isEqualTo(400);
              assertThat(kept.reason()).isEqualTo("NotEnoughUsablePhotos");
            });
  }

  @Test
  void aProcessThatDiedWithoutWordsLeavesNone() {
    assertThat(StageJson.lastWords("")).isEmpty();
    assertThat(StageJson.lastWords("Killed")).isEmpty();
  }
}
