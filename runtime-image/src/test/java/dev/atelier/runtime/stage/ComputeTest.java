package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StageFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void halfPrecisionTrainsFloatWeightsThatDifferFromThoseOfFloat() throws IOException {
    var exact = new TrainBench(root, "r0").withPhotos();
    exact.train(Trainings.loraOf(2).input());
    var half = new TrainBench(root, "r1").withPhotos().computing(0, "BFloat16");

    half.train(Trainings.loraOf(2).input());

    assertThat(half.published(ADAPTERS)).hasSameSizeAs(exact.published(ADAPTERS));
    assertThat(TensorBytes.digest(half.published(ADAPTERS)))
        .isNotEqualTo(TensorBytes.digest(exact.published(ADAPTERS)));
  }

  @Test
  void aTrainingInHalfPrecisionThatIsStoppedGoesOnBitForBit() throws IOException {
    var straight = new TrainBench(root, "r0").withPhotos().computing(0, "BFloat16");
    straight.train(Trainings.loraOf(4).gradientCheckpointing().input());
    var again = new TrainBench(root, "r1").withPhotos().computing(0, "BFloat16");

    again.fails(Trainings.loraOf(4).gradientCheckpointing().input(), 2);
    again.train(Trainings.loraOf(4).gradientCheckpointing().input());

    assertThat(TensorBytes.digest(again.published(ADAPTERS)))
        .isEqualTo(TensorBytes.digest(straight.published(ADAPTERS)));
  }

  @Test
  void whatThePrecisionCannotDoIsRefusedRatherThanDoneOtherwise() {
    assertThatThrownBy(() -> Compute.of(new StageFile.DeviceInput(0, "Float16")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("needs a GPU");
    assertThatThrownBy(() -> Compute.of(new StageFile.DeviceInput(1, "Float16")).forTraining())
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("train with BFloat16 or Float32");
    assertThatThrownBy(() -> Compute.of(new StageFile.DeviceInput(0, "Float8")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("Float32, BFloat16 and Float16");
    assertThat(Compute.of(new StageFile.DeviceInput(1, "Float16")).precision())
        .isEqualTo(DType.FLOAT16);
  }
}
