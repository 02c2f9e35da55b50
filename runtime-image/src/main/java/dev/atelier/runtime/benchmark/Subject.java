package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.model.block.TextMemory;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Batch;
import dev.atelier.runtime.train.Conditioning;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LoraTarget;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.TextEncoderTraining;
import dev.atelier.runtime.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A model whose work is timed. It owns its networks.
 *
 * @param size height and width of the latents
 * @param trained samples of a training step, half of them of the class
 */
record Subject(
    String name, Torch torch, UNet2DConditionModel unet, ClipTextModel text, int size, int trained)
    implements AutoCloseable {

  private static final int RANK = 16;
  private static final int PAIR = 2;

  /** Times a guided prediction and a training step. */
  List<Timing> timings(int rounds) {
    var timings = new ArrayList<>(forward(rounds));
    timings.add(trainingStep(rounds));
    return timings;
  }

  /** A guided prediction of the first step, and of one that follows. */
  private List<Timing> forward(int rounds) {
    try (Scope scope = Scope.open();
        var memory = new TextMemory()) {
      var inputs = inputs(PAIR);
      var times = torch.full(500, PAIR);
      var told = Conditions.of(inputs.states());
      var line = "%s: UNet forward, batch %d (one guided step)".formatted(name, PAIR);
      var works = new LinkedHashMap<String, Runnable>();
      works.put(line, forward(inputs, times, told, TextKeys.ANEW));
      works.put(line + ", text kept", forward(inputs, times, told, memory));
      return Timing.sideBySide(rounds, works);
    }
  }

  private Runnable forward(Inputs inputs, Tensor times, Conditions told, TextKeys keys) {
    return () -> {
      try (Scope round = Scope.open()) {
        unet.forward(inputs.latents(), times, told, keys);
      }
    };
  }

  private Timing trainingStep(int rounds) {
    var rate = new LearningRate(1e-4, LearningRate.Schedule.Constant, 0, 1_000);
    var shape = new LoraTuning.Shape(RANK, RANK, Set.of(LoraTarget.values()));
    var networks = new Networks(unet, text);
    try (Scope scope = Scope.open();
        var lora =
            new LoraTuning(torch, networks, shape, TextEncoderTraining.Frozen, rate, rate, 1);
        var step =
            new TrainingStep<>(new Reconstruction(networks, objective()), lora, settings())) {
      var batch = batch();
      return Timing.of(
          "%s: LoRA training step, batch %d, rank %d".formatted(name, trained, RANK),
          rounds,
          () -> {
            step.descend((at, pass) -> batch, 0);
            step.update(0);
          });
    }
  }

  @Override
  public void close() {
    unet.close();
    text.close();
  }

  private record Inputs(Tensor latents, Tensor states) {}

  private Inputs inputs(int batch) {
    var config = unet.config();
    try (var generator = torch.generator(1)) {
      return new Inputs(
          generator.randn(batch, config.inChannels(), size, size),
          generator.randn(batch, text.config().positions(), config.crossAttentionWidth()));
    }
  }

  private Batch batch() {
    var inputs = inputs(trained);
    var timesteps = new long[trained];
    Arrays.fill(timesteps, 500);
    try (var generator = torch.generator(2)) {
      return new Batch(
          inputs.latents(),
          generator.randn(inputs.latents().shape()),
          timesteps,
          new Conditioning.States(inputs.states()),
          Math.max(1, trained / 2));
    }
  }

  private static Objective objective() {
    return new Objective(
        NoiseTable.of("scaled_linear", 0.00085, 0.012, 1000, false),
        PredictionType.EPSILON,
        OptionalDouble.of(5),
        1);
  }

  private static TrainingStep.Settings settings() {
    return new TrainingStep.Settings(1, AdamW.Settings.defaults(), 1);
  }
}
