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
 * @param timesteps {@code LogitNormal} or {@code Uniform}: how often each share of noise is trained
 * @param timestepShift how far timesteps are shifted towards noise; absent for the base model's own
 * @param emaDecay decay of the moving average of the weights that is then the result; absent for
 *     none
 * @param lora present exactly with method LoRA
 * @param autoStop when the last phase ends before its last step
 * @param nodes that share the samples of every step
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
    String timesteps,
    @Nullable Double timestepShift,
    @Nullable Double emaDecay,
    boolean gradientCheckpointing,
    @Nullable Lora lora,
    TrainingInput.Checkpoint checkpoint,
    TrainingInput.AutoStop autoStop,
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
