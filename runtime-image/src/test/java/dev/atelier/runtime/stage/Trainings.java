package dev.atelier.runtime.stage;

import dev.atelier.stage.TrainingInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knobs for tests. */
final class Trainings {

  private Trainings() {}

  static TrainingInput lora(int steps, int checkpointEvery) {
    return training("LoRA", "Full", steps, 1e-3, 0, checkpointEvery, false);
  }

  static TrainingInput dreamBooth(int steps) {
    return training("DreamBooth", "Full", steps, 1e-3, 0, 100, false);
  }

  static TrainingInput inversion(int steps) {
    return training("TextualInversion", "Frozen", steps, 1e-2, 0, 100, false);
  }

  /** A rate that is zero in the first step and then breaks every weight. */
  static TrainingInput exploding() {
    return training("LoRA", "Frozen", 10, 1e38, 1, 1, false);
  }

  static TrainingInput withGradientCheckpointing() {
    return training("LoRA", "Frozen", 10, 1e-3, 0, 10, true);
  }

  private static TrainingInput training(
      String method,
      String text,
      int steps,
      double rate,
      int warmup,
      int checkpointEvery,
      boolean gradientCheckpointing) {
    return new TrainingInput(
        method,
        steps,
        rate,
        rate,
        "Cosine",
        warmup,
        2,
        2,
        TrainBench.RESOLUTION,
        42,
        5.0,
        0.2,
        gradientCheckpointing,
        new TrainingInput.PriorPreservation(true, 0.6, 3, "a photo of a person"),
        text,
        shape(method),
        vectors(method),
        new TrainingInput.Checkpoint(checkpointEvery, 2),
        new TrainingInput.AutoStop(false, 100, 3));
  }

  private static TrainingInput.@Nullable Lora shape(String method) {
    return method.equals("LoRA")
        ? new TrainingInput.Lora(2, 4, List.of("Attention", "Convolution"))
        : null;
  }

  private static TrainingInput.@Nullable TextualInversion vectors(String method) {
    return method.equals("TextualInversion")
        ? new TrainingInput.TextualInversion(2, "person")
        : null;
  }
}
