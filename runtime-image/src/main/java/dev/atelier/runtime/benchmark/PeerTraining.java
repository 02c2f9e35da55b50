package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Batch;
import dev.atelier.runtime.train.Conditioning;
import dev.atelier.runtime.train.DreamBoothTuning;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LoraTarget;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.TextEncoderTraining;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TuningMethod;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Training steps of one method; a process trains with one only. */
final class PeerTraining implements AutoCloseable {
  private static final int RANK = 16;
  private static final int TIMESTEP = 500;
  private static final LearningRate RATE =
      new LearningRate(1e-6, LearningRate.Schedule.Constant, 0, 1_000_000);

  private final Torch torch;
  private final Networks networks;
  private final PeerInputs inputs;
  private Optional<Steps> steps = Optional.empty();

  private record Steps(TuningMethod method, TrainingStep<Batch> step) {}

  PeerTraining(Torch torch, Networks networks, PeerInputs inputs) {
    this.torch = torch;
    this.networks = networks;
    this.inputs = inputs;
  }

  /** A step of adapters on the attention layers, one sample; gives the loss. */
  Tensor lora() {
    var shape = new LoraTuning.Shape(RANK, RANK, Set.of(LoraTarget.Attention));
    steps =
        steps.or(
            () ->
                started(
                    new LoraTuning(
                        torch, networks, shape, TextEncoderTraining.Frozen, RATE, RATE, 1)));
    return step(1);
  }

  /** A step of all weights, a sample of the subject and one of its class; gives the loss. */
  Tensor dreamBooth() {
    steps = steps.or(() -> started(new DreamBoothTuning(networks, false, RATE, RATE)));
    return step(2);
  }

  private Optional<Steps> started(TuningMethod method) {
    var objective =
        new Objective(
            NoiseTable.of("scaled_linear", 0.00085, 0.012, 1000, false),
            PredictionType.EPSILON,
            OptionalDouble.empty(),
            1);
    var settings = new TrainingStep.Settings(1, AdamW.Settings.defaults(), 1);
    return Optional.of(
        new Steps(
            method, new TrainingStep<>(new Reconstruction(networks, objective), method, settings)));
  }

  private Tensor step(int samples) {
    var step = steps.orElseThrow().step();
    var batch = batch(samples);
    double loss = step.descend((at, pass) -> batch, 0).total();
    step.update(0);
    return torch.scalar(loss);
  }

  private Batch batch(int samples) {
    var timesteps = new long[samples];
    Arrays.fill(timesteps, TIMESTEP);
    return new Batch(
        inputs.get("latents", samples),
        inputs.get("noise", samples),
        timesteps,
        new Conditioning.States(inputs.get("states", samples)),
        1);
  }

  @Override
  public void close() {
    steps.ifPresent(
        open -> {
          open.step().close();
          open.method().close();
        });
  }
}
