package dev.atelier.runtime.stage;

import dev.atelier.stage.TrainingInput;
import dev.atelier.stage.VideoTrainingInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knobs of video trainings for tests: batches of two, each step of two passes, on one node. */
final class VideoTrainings {

  private final String method;
  private final List<VideoTrainingInput.Phase> phases = new ArrayList<>();
  private double rate = 1e-2;
  private int batch = 2;
  private int passes = 2;
  private int nodes = 1;
  private int checkpointEvery = 100;
  private String timesteps = "LogitNormal";
  private @Nullable Double shift;
  private @Nullable Double emaDecay;
  private boolean gradientCheckpointing = true;
  private List<String> targets = List.of("Attention", "FeedForward");
  private TrainingInput.AutoStop autoStop = new TrainingInput.AutoStop(false, 100, 3);

  private VideoTrainings(String method) {
    this.method = method;
  }

  static VideoTrainings lora() {
    return new VideoTrainings("LoRA");
  }

  static VideoTrainings full() {
    return new VideoTrainings("Full").rate(1e-3);
  }

  static VideoTrainings by(String method) {
    return new VideoTrainings(method);
  }

  /** Steps on clips of 64x32 and 9 frames. */
  VideoTrainings low(int steps, double imageFraction) {
    return phase("low", 64, 32, 9, steps, imageFraction);
  }

  /** Steps on clips of 128x64 and 25 frames. */
  VideoTrainings high(int steps, double imageFraction) {
    return phase("high", 128, 64, 25, steps, imageFraction);
  }

  VideoTrainings phase(
      String name, int width, int height, int frames, int steps, double imageFraction) {
    phases.add(new VideoTrainingInput.Phase(name, width, height, frames, steps, imageFraction));
    return this;
  }

  VideoTrainings rate(double learningRate) {
    rate = learningRate;
    return this;
  }

  VideoTrainings batch(int size) {
    batch = size;
    return this;
  }

  VideoTrainings passes(int ofAStep) {
    passes = ofAStep;
    return this;
  }

  VideoTrainings nodes(int together) {
    nodes = together;
    return this;
  }

  VideoTrainings checkpoints(int every) {
    checkpointEvery = every;
    return this;
  }

  VideoTrainings uniform(double by) {
    timesteps = "Uniform";
    shift = by;
    return this;
  }

  VideoTrainings emaDecay(double decay) {
    emaDecay = decay;
    return this;
  }

  VideoTrainings keepingActivations() {
    gradientCheckpointing = false;
    return this;
  }

  VideoTrainings targets(String... names) {
    targets = List.of(names);
    return this;
  }

  VideoTrainings judged(int every, int patience) {
    autoStop = new TrainingInput.AutoStop(true, every, patience);
    return this;
  }

  VideoTrainingInput input() {
    return new VideoTrainingInput(
        method,
        phases,
        rate,
        "Cosine",
        1,
        batch,
        passes,
        42,
        0.2,
        timesteps,
        shift,
        emaDecay,
        gradientCheckpointing,
        method.equals("LoRA") ? new TrainingInput.Lora(2, 4, targets, List.of("Diffusers")) : null,
        new TrainingInput.Checkpoint(checkpointEvery, 2),
        autoStop,
        nodes);
  }
}
