package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.Verdict;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of three class pictures, of which some are refused. */
class PriorPicturesTest {

  private static final TrainingInput TRAINING = Trainings.lora(1, 10);

  @TempDir private Path root;

  /** Refuses drawings by their place in the order in which they are judged. */
  private static final class Scripted implements ClassPictureJudge {
    private final IntPredicate refused;
    private int judged;

    Scripted(IntPredicate refused) {
      this.refused = refused;
    }

    @Override
    public Optional<Verdict> refusal(RgbImage picture) {
      judged++;
      return refused.test(judged) ? Optional.of(Verdict.NoFace) : Optional.empty();
    }

    @Override
    public void close() {}
  }

  @Test
  void picturesThatPassAreLearnedAndCounted() throws IOException {
    var bench = bench("r0", new Scripted(n -> false));

    var ended = bench.train(TRAINING);

    assertThat(ended.words().message()).doesNotContain("left out");
    assertThat(told(bench)).isEqualTo("3 of 3, drawn 3 times; refused: none; left out: none");
  }

  @Test
  void aRefusedPictureIsReplacedByOneOfAnotherSeed() throws IOException {
    bench("r0", new Scripted(n -> false)).train(TRAINING);
    var first = latents("r0");
    var bench = bench("r1", new Scripted(Set.of(2, 4)::contains));

    var ended = bench.train(TRAINING);

    assertThat(ended.words().message()).doesNotContain("left out");
    assertThat(told(bench)).isEqualTo("3 of 3, drawn 5 times; refused: NoFace 2; left out: none");
    assertThat(latents("r1")).isNotEqualTo(first).hasSameSizeAs(first);
  }

  @Test
  void aPictureThatNeverPassesIsLeftOutAndItIsSaid() throws IOException {
    var judge = new Scripted(n -> n == 2 || n > 3);
    var bench = bench("r0", judge);

    var ended = bench.train(TRAINING);

    assertThat(judge.judged).isEqualTo(3 + 7);
    assertThat(ended.words().message())
        .endsWith(
            "; 1 of 3 class pictures are left out, as none of 8 seeds drew a good one (NoFace 1)");
    assertThat(told(bench))
        .isEqualTo("2 of 3, drawn 10 times; refused: NoFace 8; left out: NoFace 1");
  }

  @Test
  void aModelThatDrawsNobodyEndsTheStageAndTheNextAttemptDrawsNothing() throws IOException {
    var judge = new Scripted(n -> true);

    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> bench("r0", judge).train(TRAINING))
          .isInstanceOf(StageFailure.BadInput.class)
          .hasMessageStartingWith(
              "of the first 3 of 3 class pictures only 0 are good, of 8 seeds tried for each; refused: NoFace 24.")
          .hasMessageContaining("training.priorPreservation.prompt")
          .hasMessageContaining("training.priorPreservation.enabled: false");
      assertThat(judge.judged).isEqualTo(24);
    }
  }

  @Test
  void aShapeOfWhichNoPictureIsGoodIsLearnedWithoutAny() throws IOException {
    var training = Trainings.loraOf(6).buckets().input();
    var bench = bench("r0", new Scripted(n -> n <= 16)).withPhotosOfSeveralShapes();

    assertThat(bench.train(training).words().message())
        .contains("trained 6 steps")
        .contains("2 of 4 class pictures are left out");
    assertThat(latents("r0")).hasSize(3);
  }

  @Test
  void anAttemptThatWasCutOffIsGoneOnWithAndComesOutTheSame() throws IOException {
    var training = Trainings.loraOf(1).buckets().input();
    bench("whole", new Scripted(n -> n == 1 || n == 4)).withPhotosOfSeveralShapes().train(training);
    var cut = bench("again", new Scripted(n -> n == 1 || n == 4 && killed()));

    assertThatThrownBy(() -> cut.withPhotosOfSeveralShapes().train(training))
        .hasMessage("the pod is gone");
    var rest = new Scripted(n -> n == 1);
    var again = bench("again", rest).withPhotosOfSeveralShapes();
    again.train(training);

    assertThat(rest.judged).as("the first shape's pictures are kept").isEqualTo(3);
    assertThat(latents("again")).hasSize(3).isEqualTo(latents("whole"));
    assertThat(told(again)).isEqualTo("4 of 4, drawn 6 times; refused: NoFace 2; left out: none");
  }

  @Test
  void aDamagedFileIsDrawnAgain() throws IOException {
    var bench = bench("r0", new Scripted(n -> false));
    bench.train(TRAINING);
    var before = latents("r0");
    var file = bench.store.list(TrainBench.RESOURCE + "/prior").get(0);
    Files.write(root.resolve("r0/artifacts").resolve(file.key()), new byte[] {1, 2, 3});
    var judge = new Scripted(n -> false);

    new TrainBench(root.resolve("r0"), "next")
        .judgedBy((s, i) -> judge)
        .withPhotos()
        .train(TRAINING);

    assertThat(judge.judged).isEqualTo(3);
    assertThat(latents("r0")).isEqualTo(before);
  }

  @Test
  void anotherPromptHasPicturesOfItsOwn() throws IOException {
    bench("r0", new Scripted(n -> false)).train(TRAINING);
    var judge = new Scripted(n -> false);
    var other = Trainings.loraOf(1).prior("a photo of a man").input();

    new TrainBench(root.resolve("r0"), "next").judgedBy((s, i) -> judge).withPhotos().train(other);

    assertThat(judge.judged).isEqualTo(3);
    assertThat(latents("r0")).hasSize(2);
  }

  private static boolean killed() {
    throw new IllegalStateException("the pod is gone");
  }

  private TrainBench bench(String pod, ClassPictureJudge judge) {
    return new TrainBench(root.resolve(pod), "r0").judgedBy((stores, input) -> judge).withPhotos();
  }

  private static String told(TrainBench bench) {
    return bench.published().manifest().provenance().get("classPictures");
  }

  /** Digests of the stored latents by their keys. */
  private TreeMap<String, String> latents(String pod) {
    return new TrainBench(root.resolve(pod), "r0")
        .store.list(TrainBench.RESOURCE + "/prior").stream()
            .map(ArtifactStore.Entry::key)
            .collect(
                Collectors.toMap(
                    key -> key,
                    key -> digest(root.resolve(pod).resolve("artifacts").resolve(key)),
                    (one, other) -> other,
                    TreeMap::new));
  }

  private static String digest(Path file) {
    try {
      return TensorBytes.digest(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
