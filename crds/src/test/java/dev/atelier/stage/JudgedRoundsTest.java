package dev.atelier.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.stage.JudgedRounds.Round;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Evaluation;
import dev.atelier.stage.TerminationMessage.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The curve of a training on its way from the pod to the status. */
class JudgedRoundsTest {

  private static final String DIGEST = "ab".repeat(32);
  private static final String FOLDER =
      "studio/HeadshotModel/a-person-with-a-long-name-1b2c3d4e/r12-1f3c/train/attempt-1/";

  @Test
  void whatGoesInRoundByRoundComesOutRoundByRound() {
    var rounds = List.of(round(100), round(200), round(300));

    var judged = JudgedRounds.of(rounds, List.of(100, 300), 300);

    assertThat(judged.steps()).containsExactly(100, 200, 300);
    assertThat(judged.rounds()).isEqualTo(rounds);
  }

  @Test
  void aColumnThatIsTooShortIsRefused() {
    var column = new JudgedRounds.Scores("identity", List.of("0.5"));

    assertThatThrownBy(() -> new JudgedRounds(List.of(100, 200), List.of(column), List.of(), null))
        .hasMessage("2 rounds, but 1 values of identity");
  }

  @Test
  void ofAHundredRoundsSixtyFourAreTold() {
    var bounded = rounds(100, 700).bounded();

    assertThat(bounded.steps()).hasSize(64).startsWith(100, 300).contains(700).endsWith(10_000);
    assertThat(bounded.front()).isSubsetOf(bounded.steps()).contains(700);
    assertThat(bounded.bounded()).isEqualTo(bounded);
  }

  @Test
  void sixtyFourRoundsFitIntoTheLastWordsOfAnOrdinaryTraining() {
    assertThat(said(rounds(64, 700), 2)).isEqualTo(rounds(64, 700));
  }

  @Test
  void wordsThatAreTooLongLoseRoundsBeforeTheyLoseAnythingElse() {
    var words = words(rounds(64, 700), 6);

    var kept = StageJson.lastWords(fitted(words)).orElseThrow();

    var rounds = Objects.requireNonNull(kept.evaluation()).rounds();
    assertThat(kept).isEqualTo(LastWords.like(words).evaluation(kept.evaluation()).say());
    assertThat(rounds.steps()).hasSizeBetween(20, 50).contains(100, 300, 700, 6400);
    assertThat(rounds.front()).as("of the rounds before too").isEqualTo(rounds(64, 700).front());
    assertThat(rounds).isEqualTo(rounds(64, 700).thinned(rounds.steps().size()));
  }

  @Test
  void whoKnewTheRoundsThatTheWordsLeftOutHasThemAll() {
    var known = rounds(63, 300);

    var whole = said(rounds(64, 700), 6).with(known.rounds());

    assertThat(whole).isEqualTo(rounds(64, 700));
  }

  @Test
  void roundsWithOtherScoresAreOfAnotherTrainingAndStayOut() {
    var other = List.of(new Round(50, List.of(new NamedValue("validationLoss", "0.1"))));

    assertThat(rounds(3, 100).with(other)).isEqualTo(rounds(3, 100));
  }

  @Test
  void whatANewerRuntimeSaysBesidesIsReadOver() throws IOException {
    var progress =
        "{\"stage\":\"Train\",\"activity\":\"training\",\"step\":300,\"totalSteps\":800,\"percent\":37,"
            + "\"mood\":\"good\",\"metrics\":[],\"rounds\":{\"steps\":[300],\"scores\":[{\"name\":\"identity\","
            + "\"values\":[\"0.4\"],\"unit\":\"1\"}],\"front\":[300],\"selectedStep\":300,\"judges\":2}}";

    var read = StageJson.progress(progress).orElseThrow();

    assertThat(Objects.requireNonNull(read.rounds()).rounds())
        .containsExactly(new Round(300, List.of(new NamedValue("identity", "0.4"))));
    assertThat(StageJson.progress(progress.replace(",\"rounds\":{", ",\"curve\":{")))
        .as("nor does an older one break that says nothing of rounds")
        .hasValueSatisfying(older -> assertThat(older.rounds()).isNull());
    assertThat(
            StageJson.lastWords(
                fitted(words(rounds(3, 100), 1)).replaceFirst("\\{", "{\"mood\":1,")))
        .isPresent();
  }

  private static JudgedRounds said(JudgedRounds rounds, int artifacts) {
    var kept = StageJson.lastWords(fitted(words(rounds, artifacts))).orElseThrow();
    return Objects.requireNonNull(Objects.requireNonNull(kept.evaluation()).rounds());
  }

  private static String fitted(TerminationMessage words) {
    var text = StageJson.fit(words);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
    return text;
  }

  private static TerminationMessage words(JudgedRounds rounds, int artifacts) {
    return new LastWords(
            Result.Succeeded,
            "Published",
            "trained 6400 steps, loss 0.0812; step 700 is the best of 64 judged")
        .evaluation(new Evaluation(700, rounds.rounds().get(0).scores(), "None", rounds))
        .lastCheckpoint(new CheckpointRef(6400, FOLDER + "checkpoints/step-006400.json", DIGEST))
        .manifest(FOLDER + "manifest.json", DIGEST)
        .artifacts(
            IntStream.range(0, artifacts)
                .mapToObj(
                    i ->
                        new Artifact(
                            "model-" + i,
                            FOLDER + "model/pytorch_lora_weights.safetensors",
                            "application/x-safetensors",
                            3_123_456,
                            DIGEST))
                .toList())
        .say();
  }

  /** Every hundred steps; every third and the selected one are on the front. */
  private static JudgedRounds rounds(int count, int selected) {
    return JudgedRounds.of(
        IntStream.rangeClosed(1, count).mapToObj(i -> round(100 * i)).toList(),
        IntStream.rangeClosed(1, count)
            .map(i -> 100 * i)
            .filter(step -> step % 300 == 0 || step == selected)
            .boxed()
            .toList(),
        selected);
  }

  private static Round round(int step) {
    var value = "0.%04d".formatted(step % 10_000);
    return new Round(
        step,
        List.of(
            new NamedValue("identity", value),
            new NamedValue("promptAlignment", value),
            new NamedValue("memorisation", value)));
  }
}
