package dev.atelier.stage;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The knobs of tuning, resolved.
 *
 * @param method {@code DreamBooth}, {@code LoRA} or {@code TextualInversion}
 * @param learningRateSchedule {@code Constant}, {@code Cosine} or {@code Linear} from warm-up to
 *     the last step
 * @param warmupSteps steps in which the rate rises linearly from 0
 * @param resolution edge of the square crops in pixels
 * @param aspectBuckets whether crops have several shapes of that area
 * @param captionDropout share of captions replaced by the empty prompt, so that guidance keeps its
 *     unconditional half
 * @param flip whether each photo is also learned in its mirror image
 * @param noiseOffset strength of a shift of the noise that all pixels of a channel share; 0 for
 *     none
 * @param emaDecay decay of the moving average of the weights that is then the result; absent for
 *     none
 * @param minSnrGamma clamp of the min-SNR weighting (Hang et al. 2023); absent for none
 * @param textEncoder {@code Frozen}, {@code Adapter} or {@code Full}
 * @param lora present exactly with method LoRA
 * @param textualInversion present exactly with method TextualInversion
 */
public record TrainingInput(
    String method,
    int maxSteps,
    double learningRate,
    double textEncoderLearningRate,
    String learningRateSchedule,
    int warmupSteps,
    int batchSize,
    int gradientAccumulation,
    int resolution,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean aspectBuckets,
    long seed,
    @Nullable Double minSnrGamma,
    double captionDropout,
    boolean flip,
    double noiseOffset,
    @Nullable Double emaDecay,
    boolean gradientCheckpointing,
    PriorPreservation priorPreservation,
    String textEncoder,
    @Nullable Lora lora,
    @Nullable TextualInversion textualInversion,
    Checkpoint checkpoint,
    AutoStop autoStop) {

  /**
   * Keeps the class what it was (DreamBooth, Ruiz et al. 2022).
   *
   * @param weight of the prior loss beside the reconstruction loss
   * @param images class pictures that the base model draws beforehand
   * @param prompt of the class pictures, without the subject's token
   */
  public record PriorPreservation(boolean enabled, double weight, int images, String prompt) {}

  /**
   * Low-rank adapters (Hu et al. 2021).
   *
   * @param targets {@code Attention}, {@code FeedForward}, {@code Convolution}
   * @param exportFormats {@code Diffusers}, {@code Peft}, {@code Kohya}; of a stage file that does
   *     not say so the first
   */
  public record Lora(int rank, double alpha, List<String> targets, List<String> exportFormats) {
    public Lora {
      exportFormats = requireNonNullElse(exportFormats, List.of("Diffusers"));
    }
  }

  /** Vectors of the placeholder token and the word whose embedding they start from. */
  public record TextualInversion(int vectors, String initializer) {}

  /** How often a checkpoint is written and how many are kept. */
  public record Checkpoint(int everySteps, int keepLast) {}

  /** When training ends before {@code maxSteps}. */
  public record AutoStop(boolean enabled, int everySteps, int patience) {}
}
