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

  /** Up to rounding: one node alone does not come to the same bits twice in Float32 there. */
  @Test
  void twoNodesLearnWhatOneLearns() throws Exception {
    var trainings =
        Map.of(
            VideoTrainBench.ADAPTERS, VideoTrainings.lora().low(3, 0.5).high(2, 0).judged(2, 9),
            VideoTrainBench.DENOISER, VideoTrainings.full().low(3, 0.5).keepingActivations());
    for (var training : trainings.entrySet()) {
      bench.anew().train(training.getValue().input());
      var alone = bench.weights(training.getKey());
      bench.anew();

      try (var pods = bench.onTwoNodes(training.getValue())) {
        assertThat(pods.ended(0)).as(pods.log(0)).isZero();
        assertThat(pods.ended(1)).as(pods.log(1)).isZero();
        assertThat(pods.log(1)).contains("rank 1 of 2 adds up on its GPU through NCCL");
      }

      double distance = RelativeDistance.of(alone, bench.weights(training.getKey()));
      System.out.printf("FIGURE relative distance of %s: %.2e%n", training.getKey(), distance);
      assertThat(distance).isLessThan(1e-5);
    }
  }

  @Test
  void aNodeThatDiesEndsTheOtherAtOnce() throws Exception {
    try (var pods = bench.onTwoNodes(VideoTrainings.lora().low(2_000, 0.5).checkpoints(2))) {
      bench.untilCheckpoint(pods, 4);
      pods.pod(1).destroyForcibly();

      assertThat(pods.pod(0).waitFor(30, TimeUnit.SECONDS)).as("within seconds").isTrue();
      assertThat(pods.words(0).message())
          .contains("rank 0 of 2 lost another rank", "all go on from the newest checkpoint");
    }
  }
}
