package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.gallery.Curve;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of a training of some thousand random weights, whose pictures show no faces. */
class CheckpointRoundsTest {

  private static final String ADAPTERS = "model/pytorch_lora_weights.safetensors";
  private static final RoundsInput ROUNDS =
      new RoundsInput(
          new PromptInput(
              null,
              List.of(
                  new Prompt("snow", "photo of a {subject} in the snow", ""),
                  new Prompt("beach", "photo of a {subject} at the beach", "blurry")),
              null),
          new SamplerInput("DDIM", 2, 3, 64, 64, 7));

  /** A training that nothing disturbed, which the others are compared with. */
  private static final TrainingInput TRAINING = judged(9, 3, 9);

  @TempDir private static Path shared;
  private static TrainBench undisturbed;

  @TempDir private Path root;

  @BeforeAll
  static void train() throws IOException {
    undisturbed = new TrainBench(shared, "r0").withPortraits(ROUNDS);
    undisturbed.train(TRAINING);
  }

  @Test
  void theBestCheckpointIsPublishedAndTheCurveSaysWhy() throws IOException {
    var words = undisturbed.published().manifest().words();
    var curve = curve(undisturbed);

    assertThat(curve.rounds()).extracting(Curve.Round::step).containsExactly(3, 6, 9);
    assertThat(curve.heldOutPhotos()).isEqualTo(1);
    assertThat(curve.definitions().promptAlignment()).contains("diffusion classifier");
    var chosen = curve.rounds().stream().filter(r -> r.step() == curve.selectedStep()).findFirst();
    assertThat(chosen).hasValueSatisfying(round -> assertThat(round.front()).isTrue());
    var evaluation = Objects.requireNonNull(words.evaluation());
    assertThat(evaluation.selectedStep()).isEqualTo(curve.selectedStep());
    assertThat(evaluation.metrics())
        .extracting(NamedValue::name)
        .containsExactly("identity", "promptAlignment", "memorisation");
    assertThat(words.message())
        .contains("step %d is the best of 3 judged".formatted(curve.selectedStep()));
  }

  @Test
  void lastWordsHoldTheWholeCurveAsTheReportDoes() throws IOException {
    var curve = curve(undisturbed);

    var told = told(undisturbed.published().manifest().words());

    assertThat(told.steps()).containsExactly(3, 6, 9);
    assertThat(told.selectedStep()).isEqualTo(curve.selectedStep());
    assertThat(told.front())
        .isEqualTo(
            curve.rounds().stream().filter(Curve.Round::front).map(Curve.Round::step).toList());
    assertThat(told.rounds())
        .extracting(JudgedRounds.Round::scores)
        .containsExactlyElementsOf(
            curve.rounds().stream().map(CheckpointRoundsTest::scores).toList());
    assertThat(undisturbed.said().rounds()).isEqualTo(told);
    assertThat(undisturbed.said().metrics())
        .as("the last round is seen before the pod ends")
        .contains(new NamedValue("judgedStep", "9"))
        .extracting(NamedValue::name)
        .contains("loss", "identity", "selectedStep");
  }

  @Test
  void howeverOftenATrainingIsStoppedItTellsOfEveryRound() throws IOException {
    var again = new TrainBench(root, "r1").withPortraits(ROUNDS);
    again.fails(TRAINING, 5);
    assertThat(told(again)).as("the first pod").containsExactly(3);
    again.fails(TRAINING, 6);
    assertThat(told(again)).as("the second, which judged none itself").containsExactly(3);

    var words = again.train(TRAINING).words();

    assertThat(told(again)).containsExactly(3, 6, 9);
    assertThat(told(words)).isEqualTo(told(undisturbed.published().manifest().words()));
  }

  @Test
  void theFileHoldsTheWeightsOfTheChosenStepAndNotTheLast() throws IOException {
    int chosen = curve(undisturbed).selectedStep();

    var straight = new TrainBench(root, "r1").withPortraits(ROUNDS);
    straight.train(judged(chosen, chosen, 9));

    assertThat(tensors(undisturbed)).isEqualTo(tensors(straight));
  }

  @Test
  void aTrainingThatIsStoppedAndGoesOnJudgesAndPublishesTheSame() throws IOException {
    var again = new TrainBench(root, "r1").withPortraits(ROUNDS);
    var stopped = again.fails(TRAINING, 5);
    assertThat(stopped).isInstanceOf(StageFailure.Checkpointed.class);
    var resumed = again.train(TRAINING);

    assertThat(resumed.began()).isEqualTo(5);
    assertThat(curve(again)).isEqualTo(curve(undisturbed));
    assertThat(tensors(again)).isEqualTo(tensors(undisturbed));
  }

  @Test
  void aRoundThatWasCutOffIsDoneAgainOnTheSameWeights() throws IOException {
    var again = new TrainBench(root, "r1").withPortraits(ROUNDS);
    var stopped = again.fails(TRAINING, 6);
    assertThat(stopped).hasMessageContaining("while a checkpoint was judged");
    var resumed = again.train(TRAINING);

    assertThat(resumed.began()).isEqualTo(6);
    assertThat(curve(again)).isEqualTo(curve(undisturbed));
    assertThat(tensors(again)).isEqualTo(tensors(undisturbed));
  }

  @Test
  void trainingEndsWhenNothingGetsBetterAnyMore() throws IOException {
    var bench = new TrainBench(root, "r0").withPortraits(ROUNDS);

    var words = bench.train(Trainings.judged(200, 1, 2).rate(1e-30).input()).words();

    var curve = curve(bench);
    assertThat(curve.steps()).isEqualTo(3);
    assertThat(curve.selectedStep()).isEqualTo(1);
    assertThat(words.message()).contains("training ended before step 200 as nothing got better");
  }

  @Test
  void weightsThatWereBeatenAreNotKept() throws IOException {
    var bench = new TrainBench(root, "r0").withPortraits(ROUNDS);

    var words = bench.train(judged(3, 1, 9)).words();

    var front = curve(bench).rounds().stream().filter(Curve.Round::front).count();
    assertThat(kept(bench)).hasSize((int) front);
    bench.conclude(judged(3, 1, 9), words);
    assertThat(bench.store.list(bench.prefix() + "/train/rounds")).isEmpty();
  }

  @Test
  void photosWithoutAFaceCannotJudgeAndThatIsSaidBeforeTheFirstStep() throws IOException {
    var bench =
        new TrainBench(root, "r0")
            .withPhotos()
            .judging(ROUNDS)
            .seenBy(Bench.withThresholds(0.9, 0.9, 0.99));

    var refused = bench.fails(TRAINING, Integer.MAX_VALUE);

    assertThat(refused.exitCode()).isEqualTo(42);
    assertThat(refused)
        .hasMessageContaining(
            "no face is found in the 3 photos that it compares with, at 64 x 64 pixels");
  }

  @Test
  void withoutAWordOnHowToJudgeAutoStopIsRefusedRatherThanIgnored() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos();

    var refused = bench.fails(TRAINING, Integer.MAX_VALUE);

    assertThat(refused.exitCode()).isEqualTo(42);
    assertThat(refused).hasMessageContaining("the operator is older than this image");
  }

  private static TrainingInput judged(int steps, int every, int patience) {
    return Trainings.judged(steps, every, patience).input();
  }

  private static Curve curve(TrainBench bench) throws IOException {
    return StageJson.json().readValue(bench.published(CurveFile.NAME), Curve.class);
  }

  private static List<Integer> told(TrainBench bench) {
    return Objects.requireNonNull(bench.said().rounds()).steps();
  }

  private static JudgedRounds told(TerminationMessage words) {
    return Objects.requireNonNull(Objects.requireNonNull(words.evaluation()).rounds());
  }

  private static List<NamedValue> scores(Curve.Round round) {
    return TrainingProgress.scores(
        new CheckpointScore(
            round.step(), round.identity(), round.promptAlignment(), round.memorisation()));
  }

  private static List<String> kept(TrainBench bench) {
    return bench.store.list(bench.prefix() + "/train/rounds").stream()
        .map(ArtifactStore.Entry::key)
        .filter(key -> key.endsWith("parameters.safetensors"))
        .toList();
  }

  private static String tensors(TrainBench bench) throws IOException {
    return TensorBytes.digest(bench.published(ADAPTERS));
  }
}
