package dev.atelier.stage;

import dev.atelier.stage.TrainingInput.Lora;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The knobs of tuning a video model, resolved; what has a name of {@link TrainingInput} means the
 * same.
 *
 * @param method {@code LoRA} or {@code Full}
 * @param phases sizes and lengths in their order, each continuing from the one before
 * @param lora present exactly with method LoRA
 * @param nodes that train together
 */
public record VideoTrainingInput(
    String method,
    List<Phase> phases,
    double learningRate,
    String learningRateSchedule,
    int warmupSteps,
    int batchSize,
    int gradientAccumulation,
    long seed,
    double captionDropout,
    boolean gradientCheckpointing,
    @Nullable Lora lora,
    TrainingInput.Checkpoint checkpoint,
    int nodes) {

  public VideoTrainingInput {
    phases = List.copyOf(phases);
  }

  /**
   * One size and length of clips.
   *
   * @param frames 4k + 1
   * @param imageFraction share of steps that train on pictures
   */
  public record Phase(
      String name, int width, int height, int frames, int steps, double imageFraction) {}
}
