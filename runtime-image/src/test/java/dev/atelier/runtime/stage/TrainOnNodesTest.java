package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training over two nodes: two processes that meet on the loopback, and one that does it all. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TrainOnNodesTest {

  @TempDir private static Path root;
  private static VideoTrainBench bench;

  @BeforeAll
  static void prepareFilms() throws IOException {
    bench = VideoTrainBench.prepared(root);
  }

  @BeforeEach
  void forgetTrainings() {
    bench.anew();
  }

  @Test
  void twoNodesLearnBitForBitWhatOneLearns() throws Exception {
    for (var training :
        new VideoTrainings[] {
          VideoTrainings.lora().low(3, 0.5).high(2, 0).emaDecay(0.9).judged(2, 9),
          VideoTrainings.full().low(3, 0.5).keepingActivations()
        }) {
      bench.anew().train(training.input());
      var alone = bench.learned();
      bench.anew();

      try (var pods = bench.onTwoNodes(training)) {
        assertThat(pods.ended(0)).as(pods.log(0)).isZero();
        assertThat(pods.ended(1)).as(pods.log(1)).isZero();
        assertThat(pods.words(1)).isEqualTo(pods.words(0));
      }
      assertThat(bench.learned()).isEqualTo(alone);
    }
  }

  @Test
  void nodesThatShareABatchLearnTheSameUpToRounding() throws Exception {
    var training = VideoTrainings.lora().low(3, 0.5).passes(1);
    bench.train(training.input());
    var alone = bench.weights(VideoTrainBench.ADAPTERS);
    bench.anew();

    try (var pods = bench.onTwoNodes(training)) {
      assertThat(pods.ended(0)).as(pods.log(0)).isZero();
      assertThat(pods.ended(1)).as(pods.log(1)).isZero();
    }

    // A matrix product over two clips rounds otherwise than the sum of two products over one, and
    // AdamW's first steps are as long for small gradients as for large ones.
    assertThat(RelativeDistance.of(alone, bench.weights(VideoTrainBench.ADAPTERS)))
        .isBetween(1e-12, 1e-5);
  }

  @Test
  void aNodeThatDiesEndsTheOtherAndBothGoOnToTheSameWeights() throws Exception {
    var training = VideoTrainings.lora().low(40, 0.5).checkpoints(2);
    bench.train(training.input());
    var alone = bench.learned();
    bench.anew();

    try (var pods = bench.onTwoNodes(training)) {
      bench.untilCheckpoint(pods, 4);
      pods.pod(1).destroyForcibly();
      assertThat(pods.pod(0).waitFor(20, TimeUnit.SECONDS)).as("within seconds").isTrue();
      assertThat(pods.ended(0)).isEqualTo(1);
      assertThat(pods.words(0).message())
          .contains("rank 0 of 2 lost another rank", "all go on from the newest checkpoint");
    }
    goesOnTo(alone, training);
  }

  @Test
  @Tag("endurance")
  void aNodeThatIsAskedToStopTakesTheOtherWithIt() throws Exception {
    var training = VideoTrainings.lora().low(40, 0.5).checkpoints(2).judged(20, 9);
    bench.train(training.input());
    var alone = bench.learned();
    bench.anew();

    try (var pods = bench.onTwoNodes(training)) {
      bench.untilCheckpoint(pods, 4);
      pods.pod(1).destroy();
      assertThat(pods.ended(1)).as(pods.log(1)).isEqualTo(75);
      assertThat(pods.ended(0)).as(pods.log(0)).isEqualTo(75);
      assertThat(pods.words(0).message()).contains("stopped (another rank was asked to)");
    }
    goesOnTo(alone, training);
  }

  @Test
  @Tag("endurance")
  void itIsTheSameForTheNodeThatPublishes() throws Exception {
    var training = VideoTrainings.full().low(40, 0.5).checkpoints(2).judged(20, 9);
    bench.train(training.input());
    var alone = bench.learned();
    bench.anew();

    try (var pods = bench.onTwoNodes(training)) {
      bench.untilCheckpoint(pods, 4);
      pods.pod(0).destroyForcibly();
      assertThat(pods.pod(1).waitFor(20, TimeUnit.SECONDS)).as("within seconds").isTrue();
      assertThat(pods.ended(1)).isEqualTo(1);
    }
    try (var pods = bench.onTwoNodes(training)) {
      bench.untilCheckpoint(pods, bench.newestCheckpoint() + 4);
      pods.pod(0).destroyForcibly();
      pods.pod(1).destroyForcibly();
    }
    goesOnTo(alone, training);
  }

  private static void goesOnTo(Map<String, String> learned, VideoTrainings training)
      throws Exception {
    try (var pods = bench.onTwoNodes(training)) {
      assertThat(pods.ended(0)).as(pods.log(0)).isZero();
      assertThat(pods.ended(1)).as(pods.log(1)).isZero();
      assertThat(pods.log(1)).contains("resuming after step");
    }
    assertThat(bench.learned()).isEqualTo(learned);
  }
}
