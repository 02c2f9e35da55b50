package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atelier.runtime.model.checkpoint.SmallCheckpoint;
import dev.atelier.runtime.train.TextualInversion;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages open more than the diffusers folders of Stable Diffusion 1 and 2. */
class OtherModelsTest {

  private static final String PROMPT = "photo of a sks person";

  @TempDir private Path root;

  @Test
  void adaptersOfXlGoOnTheDenoiserAndOnBothTextEncoders() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos().on(TrainBench.XL);
    bench.train(Trainings.loraOf(3).text("Adapter").input());

    assertThat(bench.exported()).containsExactly("model/pytorch_lora_weights.safetensors");
    assertDrawsOtherPictures(bench);
  }

  @Test
  void withFrozenTextEncodersAStoppedTrainingOfXlGoesOnBitForBit() throws IOException {
    var kept = new TrainBench(root, "r0").withPhotos().on(TrainBench.XL);
    kept.train(Trainings.loraOf(3).text("Frozen").input());
    var again = new TrainBench(root, "r1").withPhotos().on(TrainBench.XL);

    again.fails(Trainings.loraOf(3).text("Frozen").input(), 2);
    again.train(Trainings.loraOf(3).text("Frozen").input());

    var adapters = "model/pytorch_lora_weights.safetensors";
    assertThat(TensorBytes.digest(again.published(adapters)))
        .isEqualTo(TensorBytes.digest(kept.published(adapters)));
  }

  @Test
  void checkpointsOfXlAreJudgedAsWell() throws IOException {
    var rounds =
        new RoundsInput(
            new PromptInput(
                null, List.of(new Prompt("snow", "photo of a {subject} in the snow", "")), null),
            new SamplerInput("DDIM", 2, 3, 64, 64, 7));
    var bench = new TrainBench(root, "r0").on(TrainBench.XL).withPortraits(rounds);

    var words = bench.train(Trainings.judged(2, 1, 5).text("Frozen").input()).words();

    assertThat(words.message()).contains("is the best of 2 judged");
  }

  @Test
  void textualInversionOfXlTeachesTheTokenToBothTextEncoders() throws IOException {
    var bench = new TrainBench(root, "r0").withPhotos().on(TrainBench.XL);
    bench.train(Trainings.inversion(3));

    assertThat(bench.exported())
        .containsExactlyInAnyOrder(
            "model/learned_embeds.safetensors", "model/learned_embeds_2.safetensors");
    assertDrawsOtherPictures(bench);
  }

  @Test
  void aStoppedTextualInversionOfXlGoesOnBitForBitWithBothVectors() throws IOException {
    var kept = new TrainBench(root, "r0").withPhotos().on(TrainBench.XL);
    kept.train(Trainings.inversion(3));
    var begun = new TrainBench(root, "r1").withPhotos().on(TrainBench.XL);
    begun.train(Trainings.inversion(1));
    var again = new TrainBench(root, "r2").withPhotos().on(TrainBench.XL);

    again.fails(Trainings.inversion(3), 2);
    again.train(Trainings.inversion(3));

    for (var file : TextualInversion.FILES) {
      var vectors = TensorBytes.digest(again.published("model/" + file));
      assertThat(vectors).as(file).isEqualTo(TensorBytes.digest(kept.published("model/" + file)));
      assertThat(vectors)
          .as("%s moved since the first step", file)
          .isNotEqualTo(TensorBytes.digest(begun.published("model/" + file)));
    }
  }

  @Test
  void aSingleFileCheckpointIsTunedAndDrawsWithTheTokenizerBesideIt() throws IOException {
    var file = SmallCheckpoint.write(root.resolve("checkpoints"));
    SmallCheckpoint.copyTokenizer(TrainBench.MODEL, file);
    for (TrainingInput training :
        List.of(Trainings.loraOf(3).input(), Trainings.dreamBoothOf(2).input())) {
      var bench = new TrainBench(root, "r-" + training.method()).withPhotos().on(file);
      bench.train(training);

      assertDrawsOtherPictures(bench);
    }
  }

  @Test
  void aSingleFileCheckpointWithoutATokenizerSaysWhatIsMissingAndWhere() throws IOException {
    var file = SmallCheckpoint.write(root.resolve("checkpoints"));
    var bench = new TrainBench(root, "r0").withPhotos().on(file);

    assertThat(catchThrowable(() -> bench.train(Trainings.loraOf(1).input())))
        .hasMessageContaining("is a single-file checkpoint")
        .hasMessageContaining("put the folder tokenizer");
  }

  @Test
  void aFolderThatIsNoModelSaysWhatAModelLooksLike() throws IOException {
    var empty = Files.createDirectories(root.resolve("nothing"));
    var bench = new TrainBench(root, "r0").withPhotos().on(empty);

    var refused = bench.fails(Trainings.loraOf(1).input(), Integer.MAX_VALUE);

    assertThat(refused.exitCode()).isEqualTo(42);
    assertThat(refused).hasMessageContaining("neither a diffusers folder");
  }

  private static void assertDrawsOtherPictures(TrainBench bench) throws IOException {
    assertThat(bench.drawn(PROMPT, true)).isNotEqualTo(bench.drawn(PROMPT, false));
  }
}
