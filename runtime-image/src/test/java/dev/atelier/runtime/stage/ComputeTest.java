package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StageFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeTest {

  private static final String ADAPTERS = "model/pytorch_lora_weights.safetensors";

  @TempDir private Path root;

  @Test
  void aGpuThatIsAskedForAndNotThereEndsTheStageWithWhatToDo() throws IOException {
    assumeTrue(Torch.gpus() == 0, "needs a machine without a GPU");
    var bench = new TrainBench(root, "r0").withPhotos().computing(1, "BFloat16");

    var refused = bench.fails(Trainings.loraOf(1).input(), Integer.MAX_VALUE);

    assertThat(refused.exitCode()).isEqualTo(42);
    assertThat(refused)
        .hasMessageContaining("asks for 1 GPU(s), but libtorch sees none")
        .hasMessageContaining("spec.gpu.count: 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BFloat16", "Float16"})
  void halfPrecisionTrainsFloatWeightsThatDifferFromThoseOfFloat(String precision)
      throws IOException {
    var exact = new TrainBench(root, "r0").withPhotos();
    exact.train(Trainings.loraOf(6).input());
    var half = new TrainBench(root, "r1").withPhotos().computing(0, precision);

    half.train(Trainings.loraOf(6).input());

    assertThat(half.published(ADAPTERS)).hasSameSizeAs(exact.published(ADAPTERS));
    assertThat(TensorBytes.digest(half.published(ADAPTERS)))
        .isNotEqualTo(TensorBytes.digest(exact.published(ADAPTERS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BFloat16", "Float16"})
  void aTrainingInHalfPrecisionThatIsStoppedGoesOnBitForBit(String precision) throws IOException {
    var straight = new TrainBench(root, "r0").withPhotos().computing(0, precision);
    straight.train(Trainings.loraOf(4).gradientCheckpointing().input());
    var again = new TrainBench(root, "r1").withPhotos().computing(0, precision);

    again.fails(Trainings.loraOf(4).gradientCheckpointing().input(), 2);
    again.train(Trainings.loraOf(4).gradientCheckpointing().input());

    assertThat(TensorBytes.digest(again.published(ADAPTERS)))
        .isEqualTo(TensorBytes.digest(straight.published(ADAPTERS)));
  }

  @Test
  void aPrecisionThatIsNotKnownIsRefusedRatherThanTakenForAnother() {
    assertThatThrownBy(() -> Compute.of(new StageFile.DeviceInput(0, "Float8")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("Float32, BFloat16 and Float16");
  }
}
