package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training over two ranks that add up through NCCL. Two processes share the first GPU, each as if
 * on a machine of its own, so that one GPU is enough to run it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TrainOnGpusTest {

  @TempDir private static Path root;
  private static VideoTrainBench bench;

  @BeforeAll
  static void prepareFilms() throws IOException {
    assumeTrue(Torch.gpus() > 0, "needs a GPU");
    bench = VideoTrainBench.prepared(root).computing(1, "Float32");
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

      assertThat(together(training)).isEqualTo(alone);
    }
  }

  @Test
  void theyComeToTheSameBitsEachTime() throws Exception {
    var training = VideoTrainings.lora().low(6, 0.5);
    bench.computing(1, "BFloat16");

    var first = together(training);
    bench.anew();

    assertThat(together(training)).isEqualTo(first);
    bench.computing(1, "Float32");
  }

  @Test
  void aNodeThatDiesEndsTheOtherAtOnce() throws Exception {
    try (var pods = bench.onTwoNodes(VideoTrainings.lora().low(2_000, 0.5).checkpoints(2))) {
      bench.untilCheckpoint(pods, 4);
      pods.pod(1).destroyForcibly();

      assertThat(pods.pod(0).waitFor(20, TimeUnit.SECONDS)).as("within seconds").isTrue();
      assertThat(pods.ended(0)).isEqualTo(1);
      assertThat(pods.words(0).message())
          .contains("rank 0 of 2 lost another rank", "all go on from the newest checkpoint");
    }
  }

  private static Map<String, String> together(VideoTrainings training) throws Exception {
    try (var pods = bench.onTwoNodes(training)) {
      assertThat(pods.ended(0)).as(pods.log(0)).isZero();
      assertThat(pods.ended(1)).as(pods.log(1)).isZero();
      assertThat(pods.log(1)).contains("rank 1 of 2 adds up on its GPU through NCCL");
    }
    return bench.learned();
  }
}
