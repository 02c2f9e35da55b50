package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.evaluate.PeakSignalToNoise;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.pipeline.TinyPictures;
import dev.atelier.runtime.tensor.ComputeDevice;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a machine with a GPU and a libtorch with CUDA can tell; docs/gpu.md says how. */
class OnAGpuTest {

  private static final ComputeDevice GPU = new ComputeDevice(true, 1);
  private static final String ADAPTERS = "model/pytorch_lora_weights.safetensors";

  @TempDir private Path root;

  @BeforeAll
  static void aGpuIsThere() {
    assumeTrue(Torch.gpus() > 0, "needs a GPU");
  }

  @Test
  void theDriverTellsHowMuchMemoryIsFree() {
    assertThat(Torch.freeGpuMemory()).isPresent();
    assertThat(Torch.freeGpuMemory().getAsLong()).isGreaterThan(1L << 30);
  }

  /** Same seeds, same noise; convolutions of a GPU round to ten bits unless told otherwise. */
  @ParameterizedTest(name = "{0}: {1} dB or more")
  @CsvSource({"FLOAT32, 45", "BFLOAT16, 30", "FLOAT16, 40"})
  void aSeedsPictureIsNearTheOneOfTheProcessor(DType precision, double decibels) {
    float[] processor = picture(ComputeDevice.processor(), DType.FLOAT32);

    float[] gpu = picture(GPU, precision);

    assertThat(PeakSignalToNoise.of(processor, gpu)).isGreaterThan(decibels);
  }

  @Test
  void aSeedsPictureIsTheSameEachTime() {
    assertThat(picture(GPU, DType.BFLOAT16)).isEqualTo(picture(GPU, DType.BFLOAT16));
  }

  @Test
  void weightsStoredInHalfPrecisionComeToTheGpu() throws IOException {
    var model = TrainBench.MODEL.resolve("unet");
    Files.copy(model.resolve("config.json"), root.resolve("config.json"));
    var file = UNet2DConditionModel.STEM + ".safetensors";
    try (Torch torch = GPU.start();
        Scope scope = Scope.open()) {
      var half =
          SafeTensorsFile.readAll(torch, model.resolve(file)).entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, tensor -> tensor.getValue().to(DType.BFLOAT16)));
      SafeTensorsWriter.write(root.resolve(file), half, Map.of("format", "pt"));

      try (var unet = UNet2DConditionModel.load(torch, root, Storage.MAPPED)) {
        var name = "conv_in.weight";
        var read = Objects.requireNonNull(unet.modules().parameters().get(name));
        assertThat(read.add(torch.scalar(0)).toFloats())
            .isEqualTo(Objects.requireNonNull(half.get(name)).toFloats());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Float32", "BFloat16", "Float16"})
  void aTrainingLearnsThereWhatItLearnsOnTheProcessor(String precision) throws IOException {
    var processor = new TrainBench(root, "cpu").withPhotos();
    processor.train(training(6));
    var gpu = new TrainBench(root, "gpu").withPhotos().computing(1, precision);

    gpu.train(training(6));

    double distance = relativeDistance(processor.published(ADAPTERS), gpu.published(ADAPTERS));
    System.out.printf("FIGURE relative distance in %s: %.2e%n", precision, distance);
    assertThat(distance).isLessThan(precision.equals("Float32") ? 1e-2 : 0.1);
  }

  @Test
  void aTrainingThatIsStoppedGoesOnBitForBit() throws IOException {
    var straight = new TrainBench(root, "r0").withPhotos().computing(1, "BFloat16");
    straight.train(training(4));
    var again = new TrainBench(root, "r1").withPhotos().computing(1, "BFloat16");

    again.fails(training(4), 2);
    again.train(training(4));

    assertThat(TensorBytes.digest(again.published(ADAPTERS)))
        .isEqualTo(TensorBytes.digest(straight.published(ADAPTERS)));
  }

  private static TrainingInput training(int steps) {
    return Trainings.loraOf(steps).withoutPrior().gradientCheckpointing().input();
  }

  private double relativeDistance(byte[] expected, byte[] learnt) throws IOException {
    var first = Files.write(root.resolve("expected.safetensors"), expected);
    var second = Files.write(root.resolve("learnt.safetensors"), learnt);
    try (Torch torch = Torch.start(1);
        Scope scope = Scope.open()) {
      var others = SafeTensorsFile.readAll(torch, second);
      double distance = 0;
      double length = 0;
      for (var weight : SafeTensorsFile.readAll(torch, first).entrySet()) {
        var other = Objects.requireNonNull(others.get(weight.getKey()));
        distance += other.sub(weight.getValue()).square().sum().item();
        length += weight.getValue().square().sum().item();
      }
      return Math.sqrt(distance / length);
    }
  }

  private static float[] picture(ComputeDevice device, DType precision) {
    var request = TextToImage.of(1, "a photo of a red cat", "blurry", 64, 64, 8, Guidance.of(5));
    try (Torch torch = device.start();
        Scope scope = Scope.open()) {
      return TinyPictures.drawn(torch, "DDIM", precision, List.of(7L), request).toFloats();
    }
  }
}
